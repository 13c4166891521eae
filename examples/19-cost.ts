// What a call cost, by what the provider bills and the prices of the list, or by one's own.
import { createCohere } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'
import { connect } from './connect.ts'

const scripts = [
  { text: 'Try Momo.', cohere: { usage: { billed_units: { input_tokens: 1_000, output_tokens: 500 } } } },
]
await using connection = await connect({ scripts })

const { cost, usage } = await connection.cohere('command-a-03-2025').call('Recommend a fantasy book')
console.log(`$${(cost?.nanoUsd ?? 0) / 1e9} for`, usage.billed)
for (const { unit, count, usdPerMillion } of cost?.items ?? [])
  console.log(`${count} ${unit} at $${usdPerMillion} a million`)

// A price that was negotiated. Whatever has no price has no cost, which is not the same as nothing.
const own = createCohere({
  apiKey: 'any',
  fetch: createSimulator({ scripts }).fetch,
  prices: {
    'command-a-03-2025': {
      usdPerMillion: { inputTokens: 2, outputTokens: 8 },
      source: 'our contract',
      date: '2026-01-01',
    },
  },
})
const answers = await Promise.all([own('command-a-03-2025').call('Hello'), own('command-r-08-2024').call('Hello')])
for (const answer of answers) console.log(answer.model, answer.cost?.nanoUsd, answer.cost?.price?.source)

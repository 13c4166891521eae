import { createCohere } from '@interlingua/cohere'
import type { BaseCallResponse, Model } from '@interlingua/core'
import { createOpenAI } from '@interlingua/openai'
import type { Script } from '@interlingua/simulator'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Started, start } from './start.ts'

/** What the next answer is to be. */
let script: Script = {}
let started: Started
beforeAll(async () => {
  started = await start({}, { script: () => script })
  return () => started[Symbol.asyncDispose]()
})

type Front = (model: string) => Model

const fronts: [name: string, front: () => Front][] = [
  [
    'chat completions',
    () =>
      createOpenAI({
        apiKey: started.key,
        baseURL: `${started.url}/v1`,
        api: 'chat',
        dialect: { name: 'gateway', displayName: 'Gateway', thinking: { field: 'reasoning_content' } },
      }),
  ],
  ['responses', () => createOpenAI({ apiKey: started.key, baseURL: `${started.url}/v1`, api: 'responses' })],
  ['Cohere’s chat', () => createCohere({ apiKey: started.key, baseURL: started.url })],
]
const backs = ['cohere/command-a-reasoning-08-2025', 'openai/gpt-4o-mini', 'groq/openai/gpt-oss-20b']
const pairs = fronts.flatMap(([name, front]) => backs.map((back) => [name, back, front] as const))

// Backslashes are kept out of keys: see the contributors' guide on `JSON.parse`.
const key = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'é', '"', '[DONE]', ' ') })
const someCalls = fc.array(
  fc.record({
    name: fc.constantFrom('get_weather', 'list_books'),
    arguments: fc.dictionary(key, fc.jsonValue({ maxDepth: 2 })),
  }),
  { minLength: 1, maxLength: 3 },
)
const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).filter((value) => value.trim() !== '')
const answers: fc.Arbitrary<Script> = fc.oneof(
  fc.record({ text, thinking: fc.oneof(fc.constant(''), text) }),
  fc.record({ toolCalls: someCalls, thinking: fc.oneof(fc.constant(''), text) }),
)

const parameters = { type: 'object', properties: {} }
const tools = [
  { name: 'get_weather', parameters },
  { name: 'list_books', parameters },
]

describe.each(pairs)('%s in front of %s', (name, back, front) => {
  test('the answer is what it is without the gateway, streamed and not', async () => {
    const through = front()(back)
    const direct = directly(back, name === 'responses' ? 'responses' : 'chat')
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        script = answer
        const expected = essence(await direct.call('Hi', { tools }))
        expect(essence(await through.call('Hi', { tools }))).toEqual(expected)
        expect(essence(await through.stream('Hi', { tools }).response())).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })
})

/** A model without the gateway, by the endpoint that the gateway takes: OpenAI’s two count prompts differently. */
function directly(back: string, api: 'chat' | 'responses'): Model {
  const { fetch } = started.simulator
  const [provider = '', ...rest] = back.split('/')
  const id = rest.join('/')
  if (provider === 'cohere') return createCohere({ apiKey: 'any', fetch })(id)
  if (provider === 'groq') return createOpenAI({ apiKey: 'any', fetch, dialect: 'groq' })(id)
  return createOpenAI({ apiKey: 'any', fetch, api })(id)
}

/** What has to be the same on both sides. Ids of calls are made anew by some. */
function essence({ content, thinking, toolCalls, finishReason, usage }: BaseCallResponse): object {
  const { inputTokens = 0, cacheReadTokens = 0, outputTokens = 0, reasoningTokens = 0 } = usage
  return {
    content,
    thinking,
    calls: toolCalls.map(({ name, args }) => ({ name, args })),
    finish: finishReason.unified,
    tokens: [inputTokens + cacheReadTokens, outputTokens + reasoningTokens],
  }
}

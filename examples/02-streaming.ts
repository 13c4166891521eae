// An answer while it is generated: event by event, or its text alone.
import { defineCall } from '@interlingua/core'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    {
      deltas: ['Try ', 'A Wizard', ' of Earthsea.'],
      cohere: { usage: { tokens: { input_tokens: 68, output_tokens: 7 } } },
    },
  ],
})

const recommendBook = defineCall({
  model: connection.cohere('command-a-03-2025'),
  prompt: (genre: string) => `Recommend a ${genre} book`,
})

// Every wire event, whole, beside its neutral reading.
const stream = recommendBook.stream('fantasy')
for await (const [chunk] of stream) console.log(chunk.event.type.padEnd(14), JSON.stringify(chunk.content))

// The whole answer, folded from the same events.
const { content, usage } = await stream.response()
console.log(`${content} (${usage.outputTokens} output tokens)`)

// The text is all that many programs want.
let pieces = 0
for await (const text of recommendBook.stream('fantasy').text()) {
  pieces += 1
  process.stdout.write(text)
}
console.log(` (${pieces} pieces)`)

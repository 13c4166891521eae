// Another model takes over, also in the middle of a stream.
import { defineCall, fallback, HandOffChunk } from '@interlingua/core'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    { times: 1, text: 'Try The Hobbit by J. R. R. Tolkien.', cohere: { afterTokens: 3, finishReason: 'ERROR' } },
    { text: 'Try Momo by Michael Ende.' },
  ],
})

const model = fallback([connection.cohere('command-a-03-2025'), connection.cohere('command-r-08-2024')])
const recommendBook = defineCall({ model, prompt: (genre: string) => `Recommend a ${genre} book` })

const stream = recommendBook.stream('fantasy')
let text = ''
for await (const [chunk] of stream) {
  if (chunk instanceof HandOffChunk) {
    const { from, error } = chunk.event
    console.log(`${from.model} said ${JSON.stringify(text)} and failed (${error.code}).`)
    // The second answer begins anew.
    text = ''
  }
  text += chunk.content
}
const response = await stream.response()
console.log(text === response.content, `${response.model}: ${text}`)

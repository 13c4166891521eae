// A prompt and a model as a typed function.
import { defineCall } from '@interlingua/core'
import { connect } from './connect.ts'

await using connection = await connect({ scripts: [{ text: 'Try A Wizard of Earthsea by Ursula K. Le Guin.' }] })
console.log(`${connection.description}\n`)

const recommendBook = defineCall({
  model: connection.cohere('command-a-03-2025'),
  temperature: 0.3,
  prompt: (genre: string) => `Recommend a ${genre} book`,
})

const response = await recommendBook('fantasy')
console.log(response.content)
console.log(`${response.model} ended with ${response.finishReason.unified}.`)

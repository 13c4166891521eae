// The loop: ask, run the tools, ask again, until the model is done. Streamed, with a context for the tools.
import { defineCall, defineTool } from '@interlingua/core'
import { z } from 'zod'
import { connect } from './connect.ts'

const calls = [
  { name: 'search', arguments: { topic: 'deserts' } },
  { name: 'reserve', arguments: { title: 'Dune' } },
]
await using connection = await connect({
  scripts: [
    ...calls.map((call) => ({ times: 1, toolCalls: [call] })),
    { times: 1, text: 'I reserved Dune for you.' },
    ...calls.map((call) => ({ times: 1, toolCalls: [call] })),
  ],
})

interface Library {
  readonly books: readonly { readonly title: string; readonly topic: string }[]
  readonly reserved: string[]
}

const search = defineTool({
  name: 'search',
  description: 'Finds books about a topic.',
  input: z.object({ topic: z.string() }),
  run: ({ topic }, { books }: Library) => books.filter((book) => book.topic === topic),
})
const reserve = defineTool({
  name: 'reserve',
  description: 'Reserves a book.',
  input: z.object({ title: z.string() }),
  run: ({ title }, { reserved }: Library) => `You are number ${reserved.push(title)} in the queue.`,
})

const librarian = defineCall({
  model: connection.cohere('command-a-03-2025'),
  tools: [search, reserve],
  prompt: (wish: string) => wish,
})

const library: Library = { books: [{ title: 'Dune', topic: 'deserts' }], reserved: [] }
const run = librarian.runStream(['Reserve a book about deserts for me'], { context: library, maxSteps: 5 })
for await (const event of run) {
  if (event.type === 'tool-result') console.log(event.result.toolCall.name, JSON.stringify(event.result.value))
  if (event.type === 'step') console.log(`step ${event.step.index}: ${event.step.response.finishReason.unified}`)
}
const { response, stopReason, steps } = await run.result()
console.log(`${response.content} (${stopReason} after ${steps.length} steps)`)

// The caller may end it earlier.
const stopped = await librarian.run(['Reserve a book about deserts for me'], {
  context: library,
  stopWhen: ({ toolResults }) => toolResults.some(({ toolCall }) => toolCall.name === 'reserve'),
})
console.log(`${stopped.stopReason}, reserved: ${library.reserved.join(', ')}`)

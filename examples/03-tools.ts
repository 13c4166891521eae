// Tools by hand: see what the model asks for, run it, and ask again. `06-agent-loop.ts` does the same in one call.
import { defineCall, defineTool } from '@interlingua/core'
import { z } from 'zod'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    {
      times: 1,
      cohere: { plan: 'I will look up both books.' },
      toolCalls: [
        { name: 'find-book', arguments: { title: 'Dune' } },
        { name: 'find-book', arguments: { title: 'Emma' } },
      ],
    },
    { text: 'Dune is on shelf 3, and Emma is lent out.' },
  ],
})

const shelves: Partial<Record<string, number>> = { Dune: 3 }

const findBook = defineTool({
  name: 'find-book',
  description: 'Tells on which shelf a book stands.',
  input: z.object({ title: z.string().describe('The title of the book') }),
  run: ({ title }) => {
    const shelf = shelves[title]
    // What a tool throws, the model is told.
    if (shelf === undefined) throw new Error(`${title} is lent out.`)
    return { title, shelf }
  },
})

const ask = defineCall({
  model: connection.cohere('command-a-03-2025'),
  tools: [findBook],
  prompt: (question: string) => question,
})

let response = await ask('Where are Dune and Emma?')
while (response.toolCalls.length > 0) {
  console.log(response.message.plan ?? '')
  const results = await response.runTools()
  for (const [index, { name, args }] of response.toolCalls.entries()) {
    const result = results[index]
    console.log(`${name}(${JSON.stringify(args)})`, result?.isError ? 'failed:' : '->', JSON.stringify(result?.content))
  }
  response = await response.resume(results)
}
console.log(response.content)

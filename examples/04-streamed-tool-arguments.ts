// The arguments of a tool call while the model writes them.
import { defineCall, defineTool } from '@interlingua/core'
import { z } from 'zod'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    {
      toolCalls: [
        { name: 'write_review', deltas: ['{"title": "Dune", ', '"text": "Sand ', 'and spice."', ', "stars": 5}'] },
      ],
    },
  ],
})

const writeReview = defineTool({
  name: 'write_review',
  description: 'Publishes a review of a book.',
  input: z.object({ title: z.string(), text: z.string(), stars: z.number().int() }),
  run: ({ title }) => `The review of ${title} is published.`,
})

const review = defineCall({
  model: connection.cohere('command-a-03-2025'),
  tools: [writeReview],
  toolChoice: 'required',
  partialTools: true,
  prompt: (title: string) => `Review ${title}`,
})

for await (const [, tool] of review.stream('Dune')) {
  if (!tool) continue
  // While `delta` is set, `args` is as much as can be read so far.
  if (tool.delta === undefined) console.log('complete:', JSON.stringify(tool.args))
  else console.log(JSON.stringify(tool.delta).padEnd(26), JSON.stringify(tool.args))
}

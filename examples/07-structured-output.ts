// A value of a schema, and the same value while it grows.
import { defineCall, structured } from '@interlingua/core'
import { z } from 'zod'
import { connect } from './connect.ts'

const book = z.object({ title: z.string(), year: z.number().int(), tags: z.array(z.string()) })

await using connection = await connect({
  scripts: [{ deltas: ['{"title": "Du', 'ne", "year": 19', '65, "tags": ["sand"', ', "spice"]}'] }],
})

const recommend = defineCall({
  model: structured(connection.cohere('command-a-03-2025'), book),
  prompt: (genre: string) => `Recommend a ${genre} book`,
})

const { output } = await recommend('science fiction')
console.log(`${output.title} (${output.year}): ${output.tags.join(', ')}`)

const partials = recommend.stream('science fiction').partials()
for await (const partial of partials) {
  console.log(JSON.stringify(partial), partials.isFinal(['title']) ? 'the title is complete' : '')
}

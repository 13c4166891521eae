// An answer that does not fit its schema is shown to the model again, with what is wrong.
import { defineCall, failedAttempts, isInterlinguaError, structured } from '@interlingua/core'
import { z } from 'zod'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    { times: 1, text: '{"title": "Dune", "year": "in the sixties"}' },
    { times: 1, text: '{"title": "Dune", "year": 1965}' },
    { text: '{"title": "Dune", "year": "long ago"}' },
  ],
})

const book = z.object({ title: z.string(), year: z.number().int() })
const model = connection.cohere('command-a-03-2025')
const prompt = (title: string) => `When did ${title} appear?`

const response = await defineCall({ model: structured(model, book, { repair: { attempts: 2 } }), prompt })('Dune')
for (const { error } of failedAttempts(response))
  console.log(
    'repaired:',
    error.issues?.map(({ path }) => path.join('.')),
  )
console.log(response.output)

try {
  await defineCall({ model: structured(model, book), prompt })('Dune')
  console.log('The model got it right.')
} catch (error) {
  if (!isInterlinguaError(error)) throw error
  console.log(`${error.code}: ${error.raw}`)
}

// What is to happen around every call: a log, and a cache that answers by itself.
import type { CohereCallResponse } from '@interlingua/cohere'
import { defineCall, isInterlinguaError, middleware } from '@interlingua/core'
import { connect } from './connect.ts'

await using connection = await connect({ scripts: [{ times: 1, text: 'Try Momo.' }, { status: 400 }] })

const cache = new Map<string, CohereCallResponse>()
const model = middleware(
  connection.cohere('command-a-03-2025'),
  {
    finish: ({ outcome, response, error }) =>
      console.log(outcome, response?.content ?? (isInterlinguaError(error) ? error.code : error)),
  },
  {
    request: ({ messages }) => {
      const response = cache.get(JSON.stringify(messages))
      return response && { response }
    },
    response: (response, { messages }) => {
      cache.set(JSON.stringify(messages), response)
    },
    error: (error) => console.log('not in the cache:', error.code),
  },
)
const recommendBook = defineCall({ model, prompt: (genre: string) => `Recommend a ${genre} book` })

await recommendBook('fantasy')
// The second one is streamed, and nothing is sent for it.
for await (const text of recommendBook.stream('fantasy').text()) console.log('streamed', text)
await recommendBook('horror').catch(() => {})

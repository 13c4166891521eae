// A model that asks again where asking again can help.
import { defineCall, failedAttempts, retry } from '@interlingua/core'
import { cohereErrors } from '@interlingua/simulator'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    { times: 1, ...cohereErrors.unavailable },
    { times: 1, ...cohereErrors.internal },
    { text: 'Try Momo by Michael Ende.' },
  ],
})

const model = retry(connection.cohere('command-a-03-2025'), {
  attempts: 4,
  backOff: { throttledBaseMs: 100 },
  onRetry: ({ attempt, error }) => console.log(`attempt ${attempt}: ${error.code}`),
})
const recommendBook = defineCall({ model, prompt: (genre: string) => `Recommend a ${genre} book` })

const response = await recommendBook('fantasy')
console.log(`${response.content} (after ${failedAttempts(response).length} failures)`)

// Every failure is one class of error, with a code.
import { type ErrorCode, isInterlinguaError, override } from '@interlingua/core'
import { cohereErrors } from '@interlingua/simulator'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    { times: 1, ...cohereErrors.tooManyRequests, headers: { 'retry-after': '7' } },
    { times: 1, ...cohereErrors.unavailable },
    { times: 1, text: 'Try The Hobbit by J. R. R. Tolkien.', cohere: { afterTokens: 4, finishReason: 'ERROR' } },
    { times: 1, text: 'Try Momo.', truncateAfterBytes: 600 },
    {},
  ],
})
// A failure that may pass is tried again by itself. Here it is to be seen: `retry: false`.
const model = override(connection.cohere('command-a-03-2025'), { retry: false })

const advice: Partial<Record<ErrorCode, string>> = {
  rate_limit: 'wait',
  overloaded: 'ask again, or another model',
  server: 'ask again',
  truncated: 'ask again',
  not_found: 'ask for another model',
}

async function tell(asking: () => Promise<unknown>): Promise<void> {
  try {
    await asking()
    console.log('no failure')
  } catch (error) {
    if (!isInterlinguaError(error)) throw error
    const { code, status, retryable, retryAfterMs, partial } = error
    console.log(
      `${code}: ${advice[code]}`,
      JSON.stringify({ status, retryable, retryAfterMs, partial: partial?.content }),
    )
  }
}

await tell(() => model.call('Recommend a book'))
await tell(() => model.call('Recommend a book'))
await tell(() => model.stream('Recommend a book').response())
await tell(() => model.stream('Recommend a book').response())
await tell(() => connection.cohere('command-z').call('Recommend a book'))

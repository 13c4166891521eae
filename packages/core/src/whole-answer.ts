import type { EncodedCall } from './adapter.ts'
import type { Delta } from './delta.ts'
import { type ErrorDetails, InterlinguaError } from './error.ts'
import { excerpt } from './json.ts'
import type { ProviderTypes } from './types.ts'

/** What is no answer of this provider's may be anything: whatever reading it throws, that is what it means. */
export async function decodeAnswer<T extends ProviderTypes>(
  encoded: EncodedCall<T>,
  body: Record<string, unknown>,
): Promise<readonly Delta[]> {
  try {
    return await encoded.decodeBody(body)
  } catch (cause) {
    if (cause instanceof InterlinguaError) throw cause
    const text = JSON.stringify(body)
    const message = `the server sent an answer that could not be understood: ${excerpt(text)}`
    throw new InterlinguaError({ code: 'protocol', message, body: text.slice(0, 200), cause })
  }
}

/** What an answer without a finish reason is. */
export function incompleteAnswer(body: Record<string, unknown>): ErrorDetails {
  const text = JSON.stringify(body)
  const message = `the answer has no finish reason, so that it is not complete: ${excerpt(text)}`
  return { code: 'truncated', message, retryable: true, body: text.slice(0, 200) }
}

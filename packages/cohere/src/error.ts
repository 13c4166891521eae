import {
  type DecodedFailure,
  excerpt,
  type HttpFailure,
  isObject,
  meaningOfStatus,
  withoutUndefined,
} from '@interlingua/core'

/**
 * Reads an error response of Cohere's by its status and its message: the same status means several things.
 *
 * @see https://docs.cohere.com/reference/errors
 */
export function decodeFailure({ status, body }: HttpFailure): DecodedFailure {
  const message = messageOf(body) ?? (excerpt(body) || 'the request was refused without a word.')
  const meaning = withoutUndefined({ message, ...meaningOfStatus(status), field: fieldOf(message) })
  switch (status) {
    case 400:
      // "too many tokens: max tokens must be …" is about a parameter, any other about the length of the prompt.
      if (!/^too many tokens(?!: max tokens)/i.test(message)) return meaning
      return { ...meaning, code: 'context_length', advice: 'Shorten the conversation.' }
    case 401:
      return { ...meaning, advice: 'Check the API key: https://dashboard.cohere.com/api-keys.' }
    case 402:
      return { ...meaning, advice: 'Check the billing limit: https://dashboard.cohere.com/billing.' }
    case 404:
      return { ...meaning, advice: 'The models are listed at https://docs.cohere.com/docs/models.' }
    case 429:
      if (/month/i.test(message)) {
        return { ...meaning, code: 'quota', retryable: false, advice: 'A trial key has a number of calls each month.' }
      }
      // Limits are counted by the minute, and Cohere does not say when the minute began.
      return /minute/i.test(message) ? { ...meaning, retryAfterMs: 60_000 } : meaning
    case 498:
      return { ...meaning, code: 'content_filter' }
    case 499:
      return { ...meaning, code: 'connection', retryable: true }
    default:
      return meaning
  }
}

/** The field that a message is about, as far as it names one: `unknown field: parameter name is not a valid field`. */
function fieldOf(message: string): string | undefined {
  const [, unknown, limited] = /parameter (\w+) is not a valid field|(?:^|: )(\w+) must be /i.exec(message) ?? []
  return unknown ?? limited
}

/** Error bodies are `{"id":"…","message":"…"}`, except where a proxy answers in plain text. */
function messageOf(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) && typeof value['message'] === 'string' ? value['message'] : undefined
  } catch {
    return undefined
  }
}

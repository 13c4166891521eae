import { type DecodedFailure, excerpt, type HttpFailure, isObject, meaningOfStatus } from '@interlingua/core'

/**
 * Reads an error response of Cohere's by its status and its message: the same status means several things.
 *
 * @see https://docs.cohere.com/reference/errors
 */
export function decodeFailure({ status, body }: HttpFailure): DecodedFailure {
  const message = messageOf(body) ?? (excerpt(body) || 'the request was refused without a word.')
  const meaning = { message, ...meaningOfStatus(status) }
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
      if (!/month/i.test(message)) return meaning
      return { ...meaning, code: 'quota', retryable: false, advice: 'A trial key has a number of calls each month.' }
    case 498:
      return { ...meaning, code: 'content_filter' }
    case 499:
      return { ...meaning, code: 'connection', retryable: true }
    default:
      return meaning
  }
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

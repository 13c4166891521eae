import { type DecodedFailure, excerpt, type HttpFailure, isObject, withoutUndefined } from '@interlingua/core/adapter'
import { meaningOfStatus } from '@interlingua/core/encoding'

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
      // Cohere does not say when the minute began: how long to wait is not guessed.
      return /minute/i.test(message) ? { ...meaning, advice: 'The limit is counted by the minute.' } : meaning
    case 498:
      return { ...meaning, code: 'content_filter' }
    case 499:
      return { ...meaning, code: 'connection', retryable: true }
    default:
      return meaning
  }
}

/**
 * What Cohere's messages say when they are about one field: that field, or where it is `undefined`, the one that the message
 * names.
 *
 * @see https://docs.cohere.com/reference/errors
 */
const aboutField: readonly (readonly [message: RegExp, field?: string])[] = [
  [/parameter ([\w.]*\w) is not a valid field/i],
  [/\bmodel parameter is required\b/i, 'model'],
  [/\bmax tokens must be\b/i, 'max_tokens'],
  [/\btools must have a name\b/i, 'tools'],
  [/\bdocument at index \d+ cannot be\b/i, 'documents'],
  [/\btool call id (?:not found in|must be provided)|\bduplicate tool ids\b/i, 'messages'],
  [/\bsystem turn must be the first\b/i, 'messages'],
  [/(?:^|: )(\w+) is not supported with /i],
  [/(?:^|: )(\w+) must be /i],
]

/** The field that a message is about, as far as it tells. */
function fieldOf(message: string): string | undefined {
  for (const [pattern, field] of aboutField) {
    const found = pattern.exec(message)
    if (found) return field ?? found[1]
  }
  return undefined
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

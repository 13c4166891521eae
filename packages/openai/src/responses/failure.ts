import { type Delta, type ErrorCode, isObject, textIn } from '@interlingua/core'

type Failure = Extract<Delta, { type: 'error' }>
interface Meaning {
  readonly code: ErrorCode
  readonly retryable: boolean
}

const refused: Meaning = { code: 'content_filter', retryable: false }
const invalid: Meaning = { code: 'invalid_request', retryable: false }
const broken: Meaning = { code: 'server', retryable: true }

/** What the codes of errors inside answers mean: https://platform.openai.com/docs/api-reference/responses/object#responses/object-error. */
const meanings: ReadonlyMap<string | undefined, Meaning> = new Map<string | undefined, Meaning>([
  ['server_error', broken],
  ['api_error', broken],
  ['rate_limit_exceeded', { code: 'rate_limit', retryable: true }],
  ['insufficient_quota', { code: 'quota', retryable: false }],
  ['context_length_exceeded', { code: 'context_length', retryable: false }],
  ['vector_store_timeout', { code: 'timeout', retryable: true }],
  ['server_is_overloaded', { code: 'overloaded', retryable: true }],
  ['slow_down', { code: 'overloaded', retryable: true }],
  ['model_not_found', { code: 'not_found', retryable: false }],
  ['content_filter', refused],
  ['bio_policy', refused],
  ['misalignment_policy_violation', refused],
  ['image_content_policy_violation', refused],
  ['invalid_request_error', invalid],
  ['invalid_prompt', invalid],
])

/** A failure inside an answer: `error` of a response, or an `error` event, in which it is nested or flat. */
export function decodeFailureIn(error: Readonly<Record<string, unknown>>): Failure {
  const { code, type, message, param } = isObject(error['error']) ? error['error'] : error
  const words = textIn(message) ?? 'OpenAI gave no reason'
  const about = typeof param === 'string' ? ` (${param})` : ''
  return {
    type: 'error',
    ...meaningOf(textIn(code), textIn(type), words),
    message: `the answer failed${about}: ${words.replace(/\.$/, '')}. What had arrived is in \`partial\`.`,
  }
}

function meaningOf(code: string | undefined, type: string | undefined, words: string): Meaning {
  // Prompts that were flagged are told apart from broken ones by the words only.
  if (code === 'invalid_prompt' && /polic|flagged/i.test(words)) return refused
  // The others are all about images that cannot be used.
  const isAboutImage = code !== undefined && /image/.test(code)
  return meanings.get(code) ?? (isAboutImage ? invalid : (meanings.get(type) ?? broken))
}

/** An answer that is not over, to a request that waits for whole answers. */
export function unfinished(status: string, id: string | undefined): Failure {
  const message = `the answer is ${status} and not here: OpenAI makes it in the background${id ? ` as ${id}` : ''}, where it has to be fetched from later, which is not done here. Stream it, or leave \`background\` out.`
  return { type: 'error', code: 'unsupported', message, retryable: false }
}

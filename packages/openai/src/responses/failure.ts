import type { Delta, StatusMeaning as Meaning } from '@interlingua/core'
import { meaningOf, readFailure, type WireFailure } from '../error.ts'

type Failure = Extract<Delta, { type: 'error' }>
const refused: Meaning = { code: 'content_filter', retryable: false }
const invalid: Meaning = { code: 'invalid_request', retryable: false }

/** What codes mean that only answers of this API have: https://platform.openai.com/docs/api-reference/responses/object. */
const meanings: ReadonlyMap<string | undefined, Meaning> = new Map([
  ['vector_store_timeout', { code: 'timeout', retryable: true }],
  ['bio_policy', refused],
  ['misalignment_policy_violation', refused],
  ['image_content_policy_violation', refused],
  ['invalid_prompt', invalid],
])

/** A failure inside an answer: `error` of a response, or an `error` event, in which it is nested or flat. */
export function decodeFailureIn(error: Readonly<Record<string, unknown>>): Failure {
  const failure = readFailure(error)
  const words = failure?.message ?? 'the server gave no reason'
  const about = failure?.param === undefined ? '' : ` (${failure.param})`
  return {
    type: 'error',
    ...meaningIn(failure, words),
    message: `the answer failed${about}: ${words.replace(/\.$/, '')}. What had arrived is in \`partial\`.`,
  }
}

function meaningIn(failure: WireFailure | undefined, words: string): Meaning {
  const code = String(failure?.code)
  // Prompts that were flagged are told apart from broken ones by the words only.
  if (code === 'invalid_prompt' && /polic|flagged/i.test(words)) return refused
  const known = meanings.get(code)
  if (known) return known
  // The others that name images are all about images that cannot be used.
  const isInvalid = code.includes('image') || failure?.type === 'invalid_request_error'
  const meaning = meaningOf(failure)
  return isInvalid && meaning.code === 'server' ? invalid : meaning
}

/** An answer that is not over, to a request that waits for whole answers. */
export function unfinished(status: string, id: string | undefined): Failure {
  const message = `the answer is ${status} and not here: OpenAI makes it in the background${id ? ` as ${id}` : ''}, where it has to be fetched from later, which is not done here. Stream it, or leave \`background\` out.`
  return { type: 'error', code: 'unsupported', message, retryable: false }
}

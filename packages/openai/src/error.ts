import {
  type DecodedFailure,
  type ErrorCode,
  excerpt,
  type HttpFailure,
  isObject,
  type StatusMeaning,
  textIn,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { meaningOfStatus } from '@interlingua/core/encoding'

/** What a server says of a failure, wherever it says it. */
export interface WireFailure {
  readonly message: string | undefined
  /** Its word for what went wrong; the HTTP status where it has none. */
  readonly code: string | number | undefined
  readonly type: string | undefined
  /** The field of the request that is at fault. */
  readonly param: string | undefined
}

/** What the words of a failure mean. They are the same for an error response and for an error inside a stream. */
const meanings: readonly (readonly [pattern: RegExp, code: ErrorCode, retryable: boolean])[] = [
  [
    /insufficient_quota|insufficient_balance|billing_(hard|not)|credits? (balance|limit)|exceeded your current quota/i,
    'quota',
    false,
  ],
  [
    /context_length_exceeded|exceed_context_size|context_window|string_above_max_length|maximum context length|context (size|length|window)\b.*exceed|exceeds the (available context|maximum context)|prompt is too long|too many tokens/i,
    'context_length',
    false,
  ],
  [/content_filter|content_policy|ResponsibleAI|moderation|cyber_policy/i, 'content_filter', false],
  [/rate_limit_exceeded|rate_limit_error|slow_down|too many requests/i, 'rate_limit', true],
  // xAI, OpenRouter and DeepSeek have no word for it but those of their message, under the status 400.
  [
    /model_not_found|invalid_model\b|model_not_available|^model not found|is not a valid model|supported api model names/i,
    'not_found',
    false,
  ],
  [/invalid_api_key|authentication_error|authentication fails|incorrect api key/i, 'authentication', false],
  // The model wrote a call that its server could not read: it may do better the next time.
  [/tool_use_failed|json_validate_failed/i, 'server', true],
  [/overloaded|engine_overloaded|capacity/i, 'overloaded', true],
  [/server_error|internal_error|upstream/i, 'server', true],
]

/**
 * Reads an error response: by its words, since the same status means several things, else by its status.
 *
 * @see https://platform.openai.com/docs/guides/error-codes
 */
export function decodeFailure({ status, headers, body }: HttpFailure): DecodedFailure {
  const failure = readFailure(parsed(body))
  const message = failure?.message ?? (excerpt(body) || 'the request was refused without a word.')
  const meaning = withoutUndefined({ message, ...meaningOf(failure, status), field: failure?.param })
  // The server may know better than anyone whether to try again.
  const verdict = headers.get('x-should-retry')
  const retryable = verdict === null ? meaning.retryable : verdict === 'true'
  return { ...meaning, retryable, ...adviceFor(meaning.code) }
}

/** What a failure means, with an HTTP status or without one. */
export function meaningOf(failure: WireFailure | undefined, status = 0): StatusMeaning {
  const { code, type, message } = failure ?? {}
  const known = meanings.find(([pattern]) => [code, type, message].some((words) => pattern.test(String(words ?? ''))))
  const byStatus = status || (typeof code === 'number' ? code : Number(code) || 0)
  // What the status says for certain, no word in the message can make less so.
  if (known && !(status === 401 || status === 403)) return { code: known[1], retryable: known[2] }
  return byStatus >= 400 && byStatus < 600 ? meaningOfStatus(byStatus) : { code: 'server', retryable: true }
}

function adviceFor(code: ErrorCode): { readonly advice?: string } {
  if (code === 'context_length') return { advice: 'Shorten the conversation.' }
  if (code === 'authentication') return { advice: 'Check the API key.' }
  return code === 'quota' ? { advice: 'Check the plan and the billing of the account.' } : {}
}

/**
 * Reads a failure in any of the forms that servers give it: `{ error: { message, type, param, code } }`, `{ error: 'text' }`,
 * `{ message, type, code }`, `{ code, error: 'text' }`, `{ detail: 'text' }`, `{ detail: [{ msg, loc }] }`, and a list of one.
 */
export function readFailure(body: unknown): WireFailure | undefined {
  const whole: unknown = Array.isArray(body) ? body[0] : body
  if (!isObject(whole)) return undefined
  const inner = isObject(whole['error']) ? whole['error'] : whole
  const { message, type, code, param, error, detail } = inner
  const text = textIn(message) ?? textIn(error) ?? textIn(detail) ?? detailsOf(detail) ?? detailsOf(message)
  const metadata = isObject(inner['metadata']) ? textIn(inner['metadata']['raw']) : undefined
  return {
    message: metadata === undefined || text === undefined ? text : `${text}: ${excerpt(metadata)}`,
    code: typeof code === 'number' ? code : textIn(code),
    type: textIn(type),
    param: textIn(param),
  }
}

/** What a validator found, as FastAPI tells it. */
function detailsOf(details: unknown): string | undefined {
  const list: unknown = isObject(details) ? details['detail'] : details
  if (!Array.isArray(list)) return undefined
  const texts = list.map((each: unknown) => {
    if (!isObject(each)) return String(each)
    const place = Array.isArray(each['loc']) ? `${each['loc'].join('.')}: ` : ''
    return `${place}${textIn(each['msg']) ?? JSON.stringify(each)}`
  })
  return texts.join('; ')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

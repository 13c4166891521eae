import { type ErrorCode, type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
import { isObject } from './json.ts'

/** Every code. The type makes sure that none is missing. */
const codes: Readonly<Record<ErrorCode, true>> = {
  authentication: true,
  permission: true,
  quota: true,
  rate_limit: true,
  not_found: true,
  invalid_request: true,
  context_length: true,
  content_filter: true,
  server: true,
  overloaded: true,
  connection: true,
  timeout: true,
  aborted: true,
  truncated: true,
  protocol: true,
  unsupported: true,
  output_validation: true,
  prompt: true,
  stream_consumed: true,
}

const texts = ['provider', 'model', 'requestId', 'field', 'body', 'raw', 'deadline'] as const
const numbers = ['status', 'retryAfterMs', 'attempts'] as const

/**
 * Makes an error of what `error.toJSON()` gave, on the other side of a worker, a queue or a file: `structuredClone` and
 * `postMessage` keep no more of an error than its message and its stack, so send `error.toJSON()`. The partial response is
 * not made again; its text and usage stay readable in the JSON. `undefined` where the value is not of that form.
 *
 * ```ts
 * parentPort.postMessage(error.toJSON()) // in a worker
 * worker.on('message', (json) => console.log(errorFromJson(json)?.code))
 * ```
 */
export function errorFromJson(json: unknown): InterlinguaError | undefined {
  if (isInterlinguaError(json)) return json
  if (!isObject(json) || json['name'] !== 'InterlinguaError' || !isCode(json['code'])) return undefined
  const { code, message, retryable, cause, issues } = json
  const details = [
    ...texts.map((name) => [name, json[name], 'string'] as const),
    ...numbers.map((name) => [name, json[name], 'number'] as const),
  ].flatMap(([name, value, type]) => (typeof value === type ? [[name, value] as const] : []))
  return new InterlinguaError({
    ...(Object.fromEntries(details) as Partial<ErrorDetails>),
    code,
    message: String(message),
    retryable: retryable === true,
    ...(Array.isArray(issues) && { issues }),
    ...(cause !== undefined && { cause }),
  })
}

function isCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(codes, value)
}

import { platformTimeout } from './connection-failure.ts'
import type { DeadlineWatch } from './deadline-watch.ts'
import { InterlinguaError } from './error.ts'
import { excerpt } from './json.ts'
import { tooLong } from './limits.ts'
import { throwIfStopped } from './transport.ts'

/** Characters; an error says what it has to say long before. */
const failureBodyLimit = 65_536
/** Characters; no answer of a model comes near it. */
const defaultLongest = 64 * 2 ** 20

/** The whole body as text. Throws an error of code `protocol` where there is no end of it. */
export async function readText(
  response: Response,
  watch: DeadlineWatch,
  limit: number = defaultLongest,
): Promise<string> {
  const { text, ended, failure } = await readBody(response, watch, limit)
  if (failure !== undefined) {
    throwIfStopped(watch.cancellation)
    const timeout = platformTimeout(failure)
    if (timeout) throw timeout
    const message = 'the connection broke before the answer was complete.'
    throw new InterlinguaError({ code: 'connection', message, retryable: true, cause: failure })
  }
  if (ended) return text
  throw tooLong('the answer', limit, 'responseCharacters')
}

/** The beginning of an error's body. What cannot be read is left out: the status alone tells enough. */
export async function readFailureBody(response: Response, watch: DeadlineWatch): Promise<string> {
  const { text, failure } = await readBody(response, watch, failureBodyLimit)
  if (failure !== undefined) throwIfStopped(watch.cancellation, ({ deadline }) => deadline === 'total')
  return text
}

async function readBody(
  response: Response,
  watch: DeadlineWatch,
  limit: number,
): Promise<{ readonly text: string; readonly ended: boolean; readonly failure?: unknown }> {
  if (!response.body) return { text: '', ended: true }
  const { cancellation } = watch
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length <= limit) {
      watch.begin()
      const { done, value } = await cancellation.race(reader.read(), () => {})
      if (done) return { text: text + decoder.decode(), ended: true }
      const piece = decoder.decode(value, { stream: true })
      // White space keeps a connection open, and is no answer.
      watch.end(/\S/.test(piece))
      text += piece
    }
    return { text: text.slice(0, limit), ended: false }
  } catch (failure) {
    return { text, ended: false, failure: failure ?? 'no reason was given' }
  } finally {
    // Closes the connection where the body was not read to its end.
    reader.cancel().catch(() => {})
  }
}

/** The error for an answer that is none of a stream. */
export async function notAStream(response: Response, watch: DeadlineWatch): Promise<InterlinguaError> {
  const body = await readFailureBody(response, watch)
  watch.release()
  const type = response.headers.get('content-type') || 'this'
  const what = body.trim() === '' ? 'nothing' : `${type}: ${excerpt(body)}`
  return new InterlinguaError({
    code: 'protocol',
    status: response.status,
    message: `the server answered the request for a stream with ${what}. Check \`baseURL\`, and any proxy in between.`,
    body,
  })
}

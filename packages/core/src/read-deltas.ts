import type { Delta } from './delta.ts'
import { type ErrorDetails, InterlinguaError } from './error.ts'
import { EventReader } from './event-reader.ts'
import type { WireEvent } from './framing.ts'
import { meaningOfStatus } from './http-status.ts'

/**
 * Reads what `stream.toResponse()` sent, on the other side: the same deltas, and the same error where the stream failed.
 * Leaving the loop closes the connection, which stops the model.
 *
 * ```ts
 * for await (const delta of readDeltas(await fetch('/answer'))) if (delta.type === 'text') show(delta.text)
 * ```
 *
 * @throws {InterlinguaError} with what the server told of its error; of code `truncated` where the body ends before the
 *   answer does, `connection` where the connection breaks, and `protocol` where it is no such body.
 */
export async function* readDeltas(response: Response): AsyncGenerator<Delta, undefined> {
  const { body, ok, status } = response
  if (!ok || !body) {
    const message = `there is no answer to read: the server answered with status ${status}.`
    throw new InterlinguaError({ ...(ok ? { code: 'protocol' } : meaningOfStatus(status)), message, status })
  }
  const events = new EventReader(body, 'server-sent-events')
  try {
    for (;;) {
      const event = events.take()
      if (event?.event === 'done') return undefined
      if (event) yield deltaOf(event)
      else if (events.ended) throw truncated()
      else await read(events)
    }
  } finally {
    events.cancel(undefined)
  }
}

async function read(events: EventReader): Promise<void> {
  try {
    await events.read()
  } catch (cause) {
    if (cause instanceof InterlinguaError) throw cause
    const message = 'the connection broke before the answer was complete.'
    throw new InterlinguaError({ code: 'connection', message, retryable: true, cause })
  }
}

function deltaOf({ event, data }: WireEvent): Delta {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch (cause) {
    throw truncated(cause)
  }
  if (event === 'failure') throw new InterlinguaError(value as ErrorDetails)
  const delta = value as Delta
  return delta.type === 'hand-off' ? { ...delta, error: new InterlinguaError(delta.error) } : delta
}

function truncated(cause?: unknown): InterlinguaError {
  const message = 'the answer was cut short: its end did not come.'
  return new InterlinguaError({ code: 'truncated', message, retryable: true, cause })
}

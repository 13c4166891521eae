import { InterlinguaError } from './error.ts'
import type { Framing } from './framing.ts'
import { excerpt } from './json.ts'

/** The error for a body without an event, where it is not just one that was cut early. */
export function notEvents(framing: Framing, head: string): InterlinguaError | undefined {
  if (isStartOf(framing, head.trim())) return undefined
  const message = `the server answered with something that is not an event stream: ${excerpt(head)}`
  return new InterlinguaError({ code: 'protocol', message, body: head })
}

/** Whether a text is how a body of this framing begins, however early it was cut. */
function isStartOf(framing: Framing, text: string): boolean {
  const beginnings = framing === 'lines' ? ['{'] : ['data:', 'event:', 'id:', 'retry:', ':']
  return beginnings.some((beginning) => text.startsWith(beginning) || beginning.startsWith(text))
}

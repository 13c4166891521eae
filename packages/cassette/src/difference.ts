import { isDeepStrictEqual } from 'node:util'
import { playBytes } from './bytes.ts'
import type { RecordedRequest } from './exchange.ts'

/** A text that is the same for requests that are the same: what JSON says counts, and not how it is written. */
export function keyOf(request: RecordedRequest): string {
  return JSON.stringify([request.method, request.url, sorted(bodyOf(request))])
}

/** What of two requests is not the same: each difference as a line. Headers are not compared. */
export function differencesBetween(recorded: RecordedRequest, sent: RecordedRequest): readonly string[] {
  return [
    ...differences('method', recorded.method, sent.method),
    ...differences('url', recorded.url, sent.url),
    ...differences('body', bodyOf(recorded), bodyOf(sent)),
  ]
}

/** A value whose objects have their members in one order. */
function sorted(value: unknown): unknown {
  if (!isContainer(value)) return value
  if (Array.isArray(value)) return value.map(sorted)
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [name, sorted(member)])
  return members.toSorted(([one], [other]) => (one < other ? -1 : 1))
}

/** The value of a body that is JSON, else its text. */
function bodyOf({ body }: RecordedRequest): unknown {
  if (body === undefined) return undefined
  if ('json' in body) return body.json
  const text = new TextDecoder().decode(playBytes(body))
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function differences(path: string, recorded: unknown, sent: unknown): readonly string[] {
  if (isDeepStrictEqual(recorded, sent)) return []
  if (isContainer(recorded) && isContainer(sent) && Array.isArray(recorded) === Array.isArray(sent)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(sent)])
    return [...names].flatMap((name) =>
      differences(
        Array.isArray(recorded) ? `${path}[${name}]` : `${path}.${name}`,
        Object.getOwnPropertyDescriptor(recorded, name)?.value,
        Object.getOwnPropertyDescriptor(sent, name)?.value,
      ),
    )
  }
  return [`${path}: recorded ${show(recorded)}, sent ${show(sent)}`]
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

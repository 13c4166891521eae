import type { Call, Frame, Reply } from './route.ts'

/** The answer of a script that replaces status or body, which no protocol has a say in; `undefined` for others. */
export function scriptedReply({ json, script }: Call): Reply | undefined {
  const { status, body } = script
  if (status === undefined && body === undefined) return undefined
  const wantsStream = typeof json === 'object' && json !== null && 'stream' in json && json.stream === true
  const usual = wantsStream && (status ?? 200) < 300 ? 'text/event-stream' : 'application/json'
  const type = script.headers?.['content-type'] ?? usual
  const end = eventEnd(type)
  return {
    status: status ?? 200,
    headers: { 'content-type': type },
    streamed: end !== undefined,
    frames: body === undefined || body.length === 0 ? [] : framesOf(body, end),
  }
}

/** Where an event of a stream ends: at an empty line, or in streams of JSON with the line. */
function eventEnd(type: string): RegExp | undefined {
  if (type.startsWith('text/event-stream')) return /(?<=\r?\n\r?\n)/
  return /^application\/(?:stream\+json|x-ndjson)/.test(type) ? /(?<=\n)/ : undefined
}

// A recorded stream as text is paced and counted event by event, like one of the simulator's own.
function framesOf(body: string | Uint8Array, end: RegExp | undefined): Frame[] {
  if (typeof body !== 'string' || !end) return [{ text: body, tokens: 0 }]
  return body.split(end).map((text) => ({ text, tokens: 1 }))
}

import type { Call, Frame, Reply } from './route.ts'

/** The answer of a script that replaces status or body, which no protocol has a say in; `undefined` for others. */
export function scriptedReply({ json, script }: Call): Reply | undefined {
  const { status, body } = script
  if (status === undefined && body === undefined) return undefined
  const wantsStream = typeof json === 'object' && json !== null && 'stream' in json && json.stream === true
  const usual = wantsStream && (status ?? 200) < 300 ? 'text/event-stream' : 'application/json'
  const type = script.headers?.['content-type'] ?? usual
  const streamed = type.startsWith('text/event-stream')
  return {
    status: status ?? 200,
    headers: { 'content-type': type },
    streamed,
    frames: body === undefined || body.length === 0 ? [] : framesOf(body, streamed),
  }
}

// A recorded stream as text is paced and counted event by event, like one of the simulator's own.
function framesOf(body: string | Uint8Array, streamed: boolean): Frame[] {
  if (typeof body !== 'string') return [{ text: body, tokens: 0 }]
  if (!streamed) return [{ text: body, tokens: 0 }]
  return body.split(/(?<=\r?\n\r?\n)/).map((text) => ({ text, tokens: 1 }))
}

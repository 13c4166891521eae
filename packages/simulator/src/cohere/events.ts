import type { Frame } from '../route.ts'
import type { FinishReason, Usage } from './wire.ts'

// The fixed part of every event is written out, so that a delta costs one JSON.stringify of one short string.

function event(type: string, rest: string, tokens = 0): Frame {
  return { text: `event: ${type}\ndata: {"type":"${type}"${rest}}\n\n`, tokens }
}

/** The first event; the only one whose data begins with the id. */
export function messageStart(id: string): Frame {
  const message = '{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}'
  const data = `{"id":${JSON.stringify(id)},"type":"message-start","delta":{"message":${message}}}`
  return { text: `event: message-start\ndata: ${data}\n\n`, tokens: 0 }
}

/** The kinds of content that an answer has, in the order in which they come. */
export type BlockType = 'thinking' | 'text'

/** Opens content block number `index`. */
export function contentStart(index: number, type: BlockType): Frame {
  return event('content-start', `,"index":${index},"delta":{"message":{"content":{"type":"${type}","${type}":""}}}`)
}

/** One token of content block number `index`. */
export function contentDelta(index: number, type: BlockType, piece: string): Frame {
  const content = `{"${type}":${JSON.stringify(piece)}}`
  const data = `{"type":"content-delta","index":${index},"delta":{"message":{"content":${content}}}}`
  return { text: `event: content-delta\ndata: ${data}\n\n`, tokens: 1 }
}

/** Closes content block number `index`. */
export function contentEnd(index: number): Frame {
  return event('content-end', `,"index":${index}`)
}

/** The last event, with the finish reason and what the answer cost. */
export function messageEnd(delta: {
  finish_reason: FinishReason
  usage: Usage
  error?: string
  error_type?: string
}): Frame {
  return event('message-end', `,"delta":${JSON.stringify(delta)}`)
}

/** What ends every recorded stream, without an event name. */
export const done: Frame = { text: 'data: [DONE]\n\n', tokens: 0 }

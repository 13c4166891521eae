import type { Frame } from '../route.ts'
import type { Step } from './play.ts'
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

/** The event of a step; a citation has two. */
export function eventOf(step: Step): Frame {
  switch (step.kind) {
    case 'block': {
      const content = `{"${step.type}":${JSON.stringify(step.piece)}}`
      const logprobs = step.logprobs ? `,"logprobs":${JSON.stringify(step.logprobs)}` : ''
      const data = `{"type":"content-delta","index":${step.index},"delta":{"message":{"content":${content}}}${logprobs}}`
      return { text: `event: content-delta\ndata: ${data}\n\n`, tokens: 1 }
    }
    case 'block start': {
      const content = `{"type":"${step.type}","${step.type}":""}`
      return event('content-start', `,"index":${step.index},"delta":{"message":{"content":${content}}}`)
    }
    case 'block end':
      return event('content-end', `,"index":${step.index}`)
    case 'plan':
      return event('tool-plan-delta', `,"delta":{"message":{"tool_plan":${JSON.stringify(step.piece)}}}`, 1)
    case 'call start': {
      const { id, name } = step.call
      const call = JSON.stringify({ id, type: 'function', function: { name, arguments: '' } })
      return event('tool-call-start', `,"index":${step.index},"delta":{"message":{"tool_calls":${call}}}`)
    }
    case 'call': {
      const call = `{"function":{"arguments":${JSON.stringify(step.piece)}}}`
      return event('tool-call-delta', `,"index":${step.index},"delta":{"message":{"tool_calls":${call}}}`, 1)
    }
    case 'call end':
      return event('tool-call-end', `,"index":${step.index}`)
    default:
      return event(
        'citation-start',
        `,"index":${step.index},"delta":{"message":{"citations":${JSON.stringify(step.citation)}}}`,
      )
  }
}

/** Follows the event of a citation. */
export function citationEnd(index: number): Frame {
  return event('citation-end', `,"index":${index}`)
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

import type { Citation } from './citation.ts'
import type { Delta } from './delta.ts'
import type { FinishReason } from './finish-reason.ts'
import type { Usage } from './usage.ts'

/**
 * One wire event, kept whole, with its neutral reading. Nothing that the provider sent is lost: whatever has no neutral
 * word is in `event`.
 */
export class BaseCallResponseChunk<Event = unknown> {
  /** The event as the provider sent it, parsed from JSON and otherwise untouched. */
  readonly event: Event
  /** What the event changes in the response; empty where it changes nothing. */
  readonly deltas: readonly Delta[]

  constructor(event: Event, deltas: readonly Delta[]) {
    this.event = event
    this.deltas = deltas
  }

  /** The text that this event adds to the answer; `''` where it adds none. */
  get content(): string {
    return textOf(this.deltas, 'text')
  }

  /** The reasoning that this event adds; `''` where it adds none. */
  get thinking(): string {
    return textOf(this.deltas, 'thinking')
  }

  /** What this event adds to the model's refusal to answer; `''` where it adds nothing. */
  get refusal(): string {
    return textOf(this.deltas, 'refusal')
  }

  /** What this event adds to the model's plan for its tools; `''` where it adds nothing. */
  get plan(): string {
    return textOf(this.deltas, 'plan')
  }

  /** The citations that this event brings; the same objects as in the response. */
  get citations(): readonly Citation[] {
    return this.deltas.flatMap((delta) => (delta.type === 'citation' ? [delta.citation] : []))
  }

  /** The finish reason, on the event that brings it. */
  get finishReason(): FinishReason | undefined {
    for (const delta of this.deltas) if (delta.type === 'finish') return delta.reason
    return undefined
  }

  /** The usage, on an event that brings it. */
  get usage(): Usage | undefined {
    for (const delta of this.deltas) if (delta.type === 'usage') return delta.usage
    return undefined
  }
}

/** The same event again, as one that adds nothing more: what it added has been given with its first step. */
export function sameEvent<Chunk extends BaseCallResponseChunk>(chunk: Chunk): Chunk {
  return Object.create(chunk, { deltas: { value: [], enumerable: true } }) as Chunk
}

function textOf(deltas: readonly Delta[], type: 'text' | 'thinking' | 'refusal' | 'plan'): string {
  let text = ''
  for (const delta of deltas) if (delta.type === type) text += delta.text
  return text
}

import { type Delta, itemsIn, type Loose, numberIn, textIn } from '@interlingua/core/adapter'
import type { PlainDecoder } from './answer-decoder.ts'
import { OpenAICallResponseChunk } from './chunk.ts'
import type { OpenAIDialect } from './dialects/dialect.ts'
import { decodeFinishReason } from './finish-reason.ts'
import { decodeUsage } from './usage.ts'
import type { WireChatCompletion, WireChoice } from './wire.ts'

/** Where the text of a message stands among its parts. */
export const textIndex = 1

/** Reads answers that are one text, and what all answers have beside what they say. */
export class PlainAnswer implements PlainDecoder<OpenAICallResponseChunk> {
  /** The first of several answers: `undefined` until it has begun. */
  choice: { readonly finished: boolean } | undefined
  serviceTier: string | undefined
  systemFingerprint: string | undefined
  #id = ''
  #model = ''
  #hasUsage = false
  readonly #dialect: OpenAIDialect

  constructor(dialect: OpenAIDialect) {
    this.#dialect = dialect
  }

  decodeEvent(event: Record<string, unknown>): OpenAICallResponseChunk | undefined {
    const deltas = this.decodeBody(event)
    return deltas && new OpenAICallResponseChunk(event as Record<string, unknown> & WireChatCompletion, deltas, [])
  }

  decodeBody(event: Loose<WireChatCompletion>): readonly Delta[] | undefined {
    const choices = itemsIn(event.choices)
    const said = choices.map((choice) => this.#said(choice))
    const [plain] = said
    if (said.length > 1 || event.error || event.x_groq || (choices.length > 0 && !plain)) return undefined
    const deltas = this.begin(event)
    if (plain) this.choice = { finished: plain.some(({ type }) => type === 'finish') || this.choice?.finished === true }
    deltas.push(...(plain ?? []).filter(({ type }) => type !== 'finish'))
    this.addUsage(event.usage, deltas)
    deltas.push(...(plain ?? []).filter(({ type }) => type === 'finish'))
    return deltas
  }

  /** What an event says of the answer as a whole. */
  begin(event: Loose<WireChatCompletion>): Delta[] {
    this.serviceTier = textIn(event.service_tier) ?? this.serviceTier
    this.systemFingerprint = textIn(event.system_fingerprint) ?? this.systemFingerprint
    const id = textIn(event.id) || this.#id
    const model = textIn(event.model) || this.#model
    if (id === this.#id && model === this.#model) return []
    this.#id = id
    this.#model = model
    return [{ type: 'start', ...(id && { id }), ...(model && { model }) }]
  }

  /** Some servers tell the usage with each event, or twice: the last one counts. */
  addUsage(usage: Loose<WireChatCompletion>['usage'], deltas: Delta[]): void {
    if (!usage) return
    this.#hasUsage = true
    deltas.push({ type: 'usage', usage: decodeUsage(usage, this.#dialect) })
  }

  /**
   * What was still to come when the connection ended without `[DONE]`: every known server tells the usage at the end of a
   * stream, and one that was cut before that would cost nothing.
   */
  awaited(): string | undefined {
    if (this.#hasUsage || this.#dialect.endsSilently) return undefined
    return this.choice?.finished ? 'its usage, and without [DONE]' : undefined
  }

  /** What a choice says, where that is a text and perhaps that it is over; `undefined` where it is more. */
  #said({ index, delta, message, logprobs, error, finish_reason: raw }: Loose<WireChoice>): Delta[] | undefined {
    const said = delta ?? message ?? {}
    const reason = raw && !this.choice?.finished ? decodeFinishReason(raw) : undefined
    const isMore = logprobs || error || (delta && message) || numberIn(index) || reason?.unified === 'error'
    if (isMore || !Object.entries(said).every(isPlain)) return undefined
    return [
      ...(said.content ? [{ type: 'text', index: textIndex, text: said.content as string } as const] : []),
      ...(reason ? [{ type: 'finish', reason } as const] : []),
    ]
  }
}

/** Whether a member of a message adds nothing to it but text. */
function isPlain([name, value]: [string, unknown]): boolean {
  if (name === 'role' || value === null || value === '') return true
  return name === 'content' ? typeof value === 'string' : Array.isArray(value) && value.length === 0
}

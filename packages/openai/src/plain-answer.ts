import { type Delta, itemsIn, type Loose, numberIn, textIn } from '@interlingua/core/adapter'
import type { PlainDecoder } from './answer-decoder.ts'
import { OpenAICallResponseChunk } from './chunk.ts'
import type { OpenAIDialect } from './dialects/dialect.ts'
import { decodeFinishReason } from './finish-reason.ts'
import { decodeUsage } from './usage.ts'
import type { WireChatCompletion, WireChoice } from './wire.ts'

const none: Loose<WireChoice> & { readonly content?: null } = {}

/** Reads answers that are one text, and what all answers have beside what they say. */
export class PlainAnswer implements PlainDecoder<OpenAICallResponseChunk> {
  /** Whether the server said that the first of its answers is done. */
  finished = false
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
    const choices = itemsIn<Loose<WireChoice>>(event.choices)
    const choice = choices[0] ?? none
    const { index, delta, message, logprobs, finish_reason: raw } = choice
    const said = delta ?? message ?? none
    const reason = raw && !this.finished ? decodeFinishReason(raw) : undefined
    const isMore =
      choices.length > 1 || numberIn(index) || (delta && message) || logprobs || reason?.unified === 'error'
    if (isMore || choice.error || event.error || event.x_groq || !isPlain(said)) return undefined
    const deltas = this.begin(event)
    if (said.content) deltas.push({ type: 'text', index: 1, text: said.content as string })
    this.addUsage(event.usage, deltas)
    if (reason) deltas.push({ type: 'finish', reason })
    this.finished ||= reason !== undefined
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
    return this.finished ? 'its usage, and without [DONE]' : undefined
  }
}

/** Whether a message adds nothing but text. */
function isPlain(message: Readonly<Record<string, unknown>>): boolean {
  for (const name of Object.keys(message)) {
    const value = message[name]
    if (name === 'role' || value === null || value === '') continue
    if (name === 'content' && typeof value === 'string') continue
    const isEmptyList = Array.isArray(value) && value.length === 0
    if (!isEmptyList || (name !== 'tool_calls' && name !== 'annotations')) return false
  }
  return true
}

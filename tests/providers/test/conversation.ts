import type { AssistantMessage, Message, ToolCall, ToolMessage, UserMessage } from '@interlingua/core'
import fc from 'fast-check'

/**
 * A turn of the assistant's in a plan. One that is `live` is what the provider that the conversation is held with answers;
 * another is written by hand, or comes from a provider that is none of those at hand.
 */
export interface PlannedAnswer {
  readonly live: boolean
  readonly from: string | undefined
  readonly thinking: boolean
  readonly text: boolean
  readonly texts: 1 | 2
  readonly refusal: boolean
  readonly audio: boolean
  readonly plan: boolean
  readonly citation: boolean
  readonly calls: readonly PlannedCall[]
}

/** A call, and what becomes of it. */
export interface PlannedCall {
  /** The id of one that is written by hand. */
  readonly id: string
  readonly result: 'text' | 'texts' | 'documents' | 'image' | 'file' | 'none'
}

/** A round of a conversation: what the user says, and what comes of it. */
export interface Round {
  readonly system: boolean
  readonly user: readonly ('text' | 'image' | 'image data' | 'file' | 'file data' | 'audio')[]
  readonly answer: PlannedAnswer
  /** Whether a result follows that belongs to no call. */
  readonly orphan: boolean
  /** Whether the results come in another order than the calls. */
  readonly isReversed: boolean
}

const ids = fc.oneof(
  fc.constantFrom('a', 'call_1', 'get_weather_62tz5crj5aze', 'x'.repeat(90), 'Grüße 👋', ''),
  fc.string({ maxLength: 12 }),
)

const call: fc.Arbitrary<PlannedCall> = fc.record({
  id: ids,
  result: fc.constantFrom('text', 'text', 'texts', 'documents', 'image', 'file', 'none'),
})

const answer: fc.Arbitrary<PlannedAnswer> = fc.record({
  live: fc.boolean(),
  from: fc.constantFrom(undefined, 'elsewhere'),
  thinking: fc.boolean(),
  text: fc.boolean(),
  texts: fc.constantFrom(1, 2),
  refusal: fc.boolean(),
  audio: fc.boolean(),
  plan: fc.boolean(),
  citation: fc.boolean(),
  calls: fc.array(call, { maxLength: 3 }),
})

/** Conversations of all kinds, those included that were cut or put together by hand. */
export const rounds: fc.Arbitrary<readonly Round[]> = fc.array(
  fc.record({
    system: fc.boolean(),
    user: fc.subarray(['text', 'image', 'image data', 'file', 'file data', 'audio'], { minLength: 1 }),
    answer,
    orphan: fc.boolean(),
    isReversed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
)

/** Makes messages in which each thing that is said can be found again, by a word of its own. */
export class Marked {
  #count = 0

  /** A word that stands nowhere else. */
  word(): string {
    this.#count++
    return `m${this.#count}x`
  }

  system(): Message {
    return { role: 'system', content: `Be brief, ${this.word()}` }
  }

  user(kinds: Round['user']): UserMessage {
    return { role: 'user', content: kinds.map((kind) => this.#given(kind)) }
  }

  /** An answer that is written by hand. */
  answer(planned: PlannedAnswer): AssistantMessage {
    const texts = planned.text ? Array.from({ length: planned.texts }, () => `Said ${this.word()}.`) : []
    const { word } = { word: this.word() }
    return {
      role: 'assistant',
      content: [
        ...(planned.thinking ? [{ type: 'thinking' as const, text: `Thought ${this.word()}.` }] : []),
        ...texts.map((text) => ({ type: 'text' as const, text })),
        ...(planned.refusal ? [{ type: 'refusal' as const, text: `Refused ${this.word()}.` }] : []),
        ...(planned.audio
          ? [{ type: 'audio' as const, ...this.#bytes('audio/wav'), transcript: `Spoken ${this.word()}.` }]
          : []),
      ],
      ...(planned.plan && { plan: `Planned ${this.word()}.` }),
      ...(planned.calls.length > 0 && { toolCalls: planned.calls.map(({ id }) => this.#call(id)) }),
      ...(planned.citation &&
        texts[0] !== undefined && {
          citations: [
            { start: 0, end: 4, text: 'Said', sources: [{ type: 'document', id: word, data: { text: word } }] },
          ],
        }),
      ...(planned.from !== undefined && { provider: planned.from }),
    }
  }

  /** What came of a call; nothing where it was cut. */
  result(toolCallId: string, kind: PlannedCall['result']): readonly ToolMessage[] {
    const contents: Record<PlannedCall['result'], () => ToolMessage['content'] | undefined> = {
      none: () => undefined,
      text: () => `Found ${this.word()}`,
      texts: () => [1, 2].map(() => ({ type: 'text' as const, text: `Found ${this.word()}` })),
      documents: () => [
        { type: 'document', id: this.word(), data: { snippet: this.word() } },
        { type: 'document', data: this.word() },
      ],
      image: () => [
        { type: 'text', text: this.word() },
        { type: 'image', url: `https://example.com/${this.word()}.png` },
      ],
      file: () => [{ type: 'file', ...this.#bytes('application/pdf'), name: `${this.word()}.pdf` }],
    }
    const content = contents[kind]()
    return content === undefined ? [] : [{ role: 'tool', toolCallId, content }]
  }

  #call(id: string): ToolCall {
    const args = { query: this.word() }
    return { id, name: 'look', args, raw: JSON.stringify(args) }
  }

  #given(kind: Round['user'][number]): Exclude<UserMessage['content'], string>[number] {
    const address = `https://example.com/${this.word()}`
    switch (kind) {
      case 'image':
        return { type: 'image', url: `${address}.png` }
      case 'image data':
        return { type: 'image', ...this.#bytes('image/png') }
      case 'file':
        return { type: 'file', url: `${address}.pdf` }
      case 'file data':
        return { type: 'file', ...this.#bytes('application/pdf'), name: `${this.word()}.pdf` }
      case 'audio':
        return { type: 'audio', ...this.#bytes('audio/wav') }
      default:
        return { type: 'text', text: `Asked ${this.word()}` }
    }
  }

  #bytes(mediaType: string): { readonly data: Uint8Array; readonly mediaType: string } {
    return { data: new TextEncoder().encode(`bytes ${this.word()}`), mediaType }
  }
}

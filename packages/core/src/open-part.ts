import type { AudioPart } from './audio.ts'
import type { Delta } from './delta.ts'
import { GrowingText } from './growing-text.ts'
import type { RefusalPart, TextPart, ThinkingPart } from './message.ts'
import { mergeProviderFields, type ProviderFields } from './provider-fields.ts'

/** What adds to a part of a message. */
export type PartDelta = Extract<Delta, { type: 'text' | 'thinking' | 'refusal' | 'audio' }>

/** A part of a message while it grows. */
export class OpenPart {
  readonly type: PartDelta['type']
  readonly index: number
  /** Its text; of audio, what is said. */
  readonly text: GrowingText = new GrowingText()
  #fields: ProviderFields | undefined
  #mediaType = ''
  readonly #pieces: Uint8Array[] = []

  constructor({ type, index }: PartDelta) {
    this.type = type
    this.index = index
  }

  append(delta: PartDelta): void {
    this.text.append(delta.text)
    if (delta.providerFields) this.#fields = mergeProviderFields(this.#fields, delta.providerFields)
    if (delta.type !== 'audio') return
    this.#mediaType = delta.mediaType ?? this.#mediaType
    if (delta.data) this.#pieces.push(delta.data)
  }

  /** The part as far as it has come. */
  soFar(): TextPart | ThinkingPart | RefusalPart | AudioPart {
    const text = this.text.toString()
    const fields = this.#fields && { providerFields: this.#fields }
    if (this.type !== 'audio') return { type: this.type, text, ...fields }
    const audio = { type: this.type, data: joined(this.#pieces), mediaType: this.#mediaType }
    return { ...audio, ...(text !== '' && { transcript: text }), ...fields }
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

import { type Delta, parseObject, type WireEvent } from '@interlingua/core/adapter'

/** Reads an answer, event by event or as a whole. */
export interface AnswerDecoder<Chunk> {
  decodeEvent(event: Record<string, unknown>): Chunk
  decodeBody(body: Record<string, unknown>): readonly Delta[]
}

/** Reads answers that are plain. Nothing has happened where it gives `undefined`: that says more than it can read. */
export type PlainDecoder<Chunk> = { [Method in keyof AnswerDecoder<Chunk>]: MayBeMore<AnswerDecoder<Chunk>[Method]> }

type MayBeMore<F> = F extends (argument: infer Argument) => infer Result
  ? (argument: Argument) => Result | undefined
  : F

/**
 * Reads an answer by a plain decoder, and from what that cannot read on by the whole one, which is loaded then and goes on
 * from where the plain one stands.
 */
export class GrowingDecoder<Chunk, Whole extends AnswerDecoder<Chunk>> {
  /** The whole decoder, once something took it. */
  whole: Whole | undefined
  readonly #plain: PlainDecoder<Chunk>
  readonly #load: () => Promise<() => Whole>
  /** An event that waits for the whole decoder, and is given again when that has come. */
  #waiting: Record<string, unknown> | undefined

  /** `load` brings what makes the whole decoder, which is made once. */
  constructor(plain: PlainDecoder<Chunk>, load: () => Promise<() => Whole>) {
    this.#plain = plain
    this.#load = load
  }

  /** One event as a chunk. `[DONE]`, which some servers end a stream with, has none. */
  decode({ data }: WireEvent): Chunk | undefined | Promise<unknown> {
    if (data === '[DONE]') return undefined
    const event = this.#waiting ?? parseObject(data)
    const chunk = (this.whole ?? this.#plain).decodeEvent(event)
    this.#waiting = chunk ? undefined : event
    return chunk ?? this.grow()
  }

  /** A whole answer as the deltas that a stream of it would have brought. */
  async decodeBody(body: Record<string, unknown>): Promise<readonly Delta[]> {
    return (this.whole ?? this.#plain).decodeBody(body) ?? (await this.grow()).decodeBody(body)
  }

  /** Loads the whole decoder, for an answer that will take it. */
  async grow(): Promise<Whole> {
    const create = await this.#load()
    return (this.whole ??= create())
  }
}

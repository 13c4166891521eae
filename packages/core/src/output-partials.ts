import type { JsonPath } from './growing-value.ts'
import { none } from './iteration.ts'
import type { JsonOutputReader } from './output-json-reader.ts'
import type { OutputReader, OutputState } from './output-reader.ts'
import type { Step } from './step.ts'

/** What partials are read from. */
export interface PartialsSource {
  /** The reader of an output whose form is known; `undefined` for the JSON in the text. */
  createReader(Reader: typeof JsonOutputReader): OutputReader | undefined
  iterate(select: (step: Step) => readonly OutputState[]): AsyncIterator<OutputState, undefined>
  response(): Promise<unknown>
}

/**
 * The values of an output while it grows, each one a value of its own that stays as it is. The last one is complete.
 *
 * ```ts
 * const partials = stream.partials()
 * for await (const book of partials) {
 *   show(book.title)
 *   if (partials.isFinal(['title'])) lookUp(book.title)
 * }
 * ```
 */
export class Partials<Value> implements AsyncIterable<Value> {
  readonly #source: PartialsSource
  #reader: OutputReader | undefined

  constructor(source: PartialsSource) {
    this.#source = source
  }

  /**
   * Whether what stands at a path is whole, for example `['chapters', 0, 'title']`; an empty path is the whole value. It is
   * whole the moment that its JSON closes, and long before it is validated.
   */
  isFinal(path: JsonPath): boolean {
    return this.#reader?.isFinal(path) ?? false
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value, undefined> {
    // Claims the stream at once; nothing is selected before the reader is there.
    const states = this.#source.iterate(({ 0: { deltas } }) => {
      // Another model begins anew.
      if (deltas.length === 1 && deltas[0]?.type === 'hand-off') this.#reader = begin()
      const state = this.#reader?.read(deltas)
      return state === undefined ? none : [state]
    })
    // The parser is loaded by those who use it.
    const { JsonOutputReader } = await import('./output-json-reader.ts')
    const begin = (): OutputReader => this.#source.createReader(JsonOutputReader) ?? new JsonOutputReader()
    this.#reader = begin()
    for await (const { value } of { [Symbol.asyncIterator]: () => states }) yield value as Value
    await this.#source.response()
    const last = this.#reader.last()
    if (last) yield last.value as Value
    return undefined
  }
}

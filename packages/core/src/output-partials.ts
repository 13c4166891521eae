import type { JsonPath } from './growing-value.ts'
import type { OutputReader, OutputState } from './output-reader.ts'

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
  readonly #reader: () => OutputReader
  readonly #iterate: () => AsyncIterator<OutputState, undefined>
  readonly #complete: () => Promise<unknown>

  constructor(
    reader: () => OutputReader,
    iterate: () => AsyncIterator<OutputState, undefined>,
    complete: () => Promise<unknown>,
  ) {
    this.#reader = reader
    this.#iterate = iterate
    this.#complete = complete
  }

  /**
   * Whether what stands at a path is whole, for example `['chapters', 0, 'title']`; an empty path is the whole value. It is
   * whole the moment that its JSON closes, and long before it is validated.
   */
  isFinal(path: JsonPath): boolean {
    return this.#reader().isFinal(path)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value, undefined> {
    const states = this.#iterate()
    for await (const { value } of { [Symbol.asyncIterator]: () => states }) yield value as Value
    await this.#complete()
    const last = this.#reader().last()
    if (last) yield last.value as Value
    return undefined
  }
}

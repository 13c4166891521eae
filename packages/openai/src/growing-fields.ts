import { isObject } from '@interlingua/core/adapter'

/** The names of texts that come in pieces within the items of a list. */
const inPieces: ReadonlySet<string> = new Set(['text', 'summary'])

/**
 * Fields of a message that no neutral word is for, put together from pieces: a text grows, the items of a list are known by
 * their `index`, and of anything else the last value counts.
 */
export class GrowingFields {
  /** The fields to keep; without it, all. */
  readonly #names: readonly string[] | undefined
  readonly #texts = new Map<string, string[]>()
  readonly #lists = new Map<string, Map<unknown, GrowingFields>>()
  readonly #values = new Map<string, unknown>()

  constructor(names?: readonly string[]) {
    this.#names = names
  }

  add(fields: object): void {
    for (const [name, value] of Object.entries(fields)) {
      if (value === null || value === undefined || this.#names?.includes(name) === false) continue
      if (Array.isArray(value) && value.every(isObject)) this.#addItems(name, value)
      else if (typeof value === 'string' && (this.#names || inPieces.has(name))) this.#addText(name, value)
      else this.#values.set(name, value)
    }
  }

  /** The fields as far as they have come; `undefined` where there are none. */
  whole(): Readonly<Record<string, unknown>> | undefined {
    const fields = new Map<string, unknown>(this.#values)
    for (const [name, pieces] of this.#texts) fields.set(name, pieces.join(''))
    for (const [name, items] of this.#lists)
      fields.set(
        name,
        [...items.values()].map((item) => item.whole() ?? {}),
      )
    return fields.size > 0 ? Object.fromEntries(fields) : undefined
  }

  #addText(name: string, piece: string): void {
    const pieces = this.#texts.get(name)
    if (pieces) pieces.push(piece)
    else this.#texts.set(name, [piece])
  }

  #addItems(name: string, values: readonly Record<string, unknown>[]): void {
    const items = this.#lists.get(name) ?? new Map<unknown, GrowingFields>()
    this.#lists.set(name, items)
    for (const fields of values) {
      const key = fields['index'] ?? items.size
      const item = items.get(key) ?? new GrowingFields()
      items.set(key, item)
      item.add(fields)
    }
  }
}

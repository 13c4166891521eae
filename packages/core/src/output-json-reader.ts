import type { Delta } from './delta.ts'
import type { JsonPath } from './growing-value.ts'
import { isObject } from './json.ts'
import { JsonSearch } from './output-json.ts'
import type { OutputReader, OutputState } from './output-reader.ts'

/** Where the JSON of an output is. */
export interface JsonPlace {
  /** The tool whose arguments it is. Default: it is in the text. */
  readonly tool?: string | undefined
  /** Whether the output is the `value` of an object that was put around it. Default: `false`. */
  readonly wrapped?: boolean
  /** `none` shows nothing before the end. Default: `any`. */
  readonly wanted?: 'object' | 'any' | 'none'
}

/** Reads an output that comes as JSON. */
export class JsonOutputReader implements OutputReader {
  readonly #place: JsonPlace
  readonly #search: JsonSearch
  #toolIndex: number | undefined
  #shown: unknown
  #settled: OutputState | undefined
  #changed = false

  constructor(place: JsonPlace = {}) {
    this.#place = place
    this.#search = new JsonSearch(place.wanted === 'object' ? 'object' : 'any')
  }

  read(deltas: readonly Delta[]): OutputState | undefined {
    let added = false
    for (const delta of deltas) {
      const text = this.#textOf(delta)
      if (!text || this.#search.found || this.#place.wanted === 'none') continue
      this.#search.push(text)
      added = true
    }
    return added ? this.#show(this.#value()) : undefined
  }

  /** Says what the output is. `changed` where it is not what was read, or not only. */
  settle(value: unknown, changed: boolean): void {
    this.#settled = { value }
    this.#changed = changed
  }

  last(): OutputState | undefined {
    if (!this.#settled || (this.#search.found && !this.#changed)) return undefined
    return this.#show(this.#settled.value)
  }

  isFinal(path: JsonPath): boolean {
    if (this.#settled) return true
    const { json } = this.#search
    if (!json) return false
    if (this.#place.wrapped) return json.isFinal(['value', ...path])
    return path.length === 0 ? json.closed : json.isFinal(path)
  }

  /** What is being read; `undefined` where it has not begun. */
  #value(): unknown {
    const value = this.#search.json?.snapshot()
    return this.#place.wrapped && isObject(value) ? value['value'] : value
  }

  #show(value: unknown): OutputState | undefined {
    if (value === undefined || value === this.#shown) return undefined
    this.#shown = value
    return { value }
  }

  #textOf(delta: Delta): string | undefined {
    const { tool } = this.#place
    if (tool === undefined) return delta.type === 'text' ? delta.text : undefined
    if (delta.type === 'tool-call-start' && delta.name === tool) this.#toolIndex ??= delta.index
    return delta.type === 'tool-call-delta' && delta.index === this.#toolIndex ? delta.text : undefined
  }
}

import { isObject } from './json.ts'
import { PartialJson } from './partial-json.ts'

/** Where a JSON value can begin within other text. */
const opening = /[{[]/

/**
 * Finds the JSON that is meant in a text that arrives in pieces, whatever stands around it: code fences, an introduction,
 * braces and brackets that are no JSON. It is the first balanced value that parses. Where an object is wanted, lists are
 * passed over with all that is in them; an empty object counts only where no other follows.
 *
 * A piece costs its own length: what failed to be JSON is not read again.
 */
export class JsonSearch {
  readonly #wanted: 'object' | 'any'
  #json: PartialJson | undefined
  /** An empty object. */
  #fallback: PartialJson | undefined
  #found = false

  constructor(wanted: 'object' | 'any') {
    this.#wanted = wanted
  }

  /** Whether the value is whole. What comes after it is of no interest. */
  get found(): boolean {
    return this.#found
  }

  /** The value as far as it has come; `undefined` before it begins. */
  get json(): PartialJson | undefined {
    const json = this.#json
    return json && this.#isWanted(json.value) ? json : this.#fallback
  }

  /** What is wrong where nothing was found when the text is complete. */
  get problem(): string {
    const what = this.#wanted === 'object' ? 'JSON object' : 'JSON'
    return this.#json && !this.#json.closed ? `its ${what} does not end` : `there is no ${what} in it`
  }

  push(text: string): void {
    let at = 0
    while (!this.#found && at < text.length) {
      if (this.#json === undefined || this.#json.closed) {
        const start = text.slice(at).search(opening)
        if (start === -1) return
        at += start
        this.#json = new PartialJson()
      }
      at = this.#read(this.#json, text, at)
    }
  }

  /** Returns where the search is to go on. */
  #read(json: PartialJson, text: string, at: number): number {
    const before = json.length
    json.push(text.slice(at))
    const end = json.error ? at + json.error.offset - before : text.length
    if (!json.closed) {
      // Nothing that began within a failed value can be whole.
      if (json.error) this.#json = undefined
    } else if (this.#isWanted(json.value)) {
      if (isEmpty(json.value)) this.#fallback ??= json
      else this.#found = true
    }
    return end
  }

  #isWanted(value: unknown): boolean {
    return this.#wanted === 'any' ? value !== undefined : isObject(value)
  }
}

/** A value that was found, or why there is none. */
export type FoundJson = { readonly value: unknown; readonly problem?: undefined } | { readonly problem: string }

/** The JSON object that is meant in a whole text; see `JsonSearch`. A text that is nothing but JSON is that JSON. */
export function findJson(text: string): FoundJson {
  try {
    return { value: JSON.parse(text) }
  } catch {
    const search = new JsonSearch('object')
    search.push(text)
    const { json } = search
    return json?.closed ? { value: json.value } : { problem: search.problem }
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

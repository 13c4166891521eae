import type { JsonObject } from '../../json.ts'

/** A response that is kept. */
export interface StoredResponse {
  readonly response: JsonObject
  /** The items of the request itself. */
  readonly input: readonly JsonObject[]
  /** All items before the answer: those of the responses before it, and its own input. */
  readonly conversation: readonly JsonObject[]
  /** How often a background response was asked for. */
  polls: number
}

// So much is kept of each kind, the oldest being dropped.
const most = 10_000

/** What a service remembers between requests. */
export class Store {
  readonly #responses = new Map<string, StoredResponse>()
  readonly #items = new Map<string, JsonObject>()
  readonly #reasons = new Map<string, string>()

  /** Keeps a response, or another state of it. */
  keep(id: string, stored: Omit<StoredResponse, 'polls'>): void {
    const polls = this.#responses.get(id)?.polls ?? 0
    put(this.#responses, id, { ...stored, polls })
  }

  /** The response of that id. */
  find(id: string): StoredResponse | undefined {
    return this.#responses.get(id)
  }

  /** Forgets a response; its items stay known by their ids to those who hold them. */
  delete(id: string): boolean {
    return this.#responses.delete(id)
  }

  /** Remembers the items of an answer, and which of them need the reasoning before them. */
  remember(items: readonly JsonObject[]): void {
    let reasoning: string | undefined
    for (const item of items) {
      const id = String(item['id'])
      put(this.#items, id, item)
      if (item['type'] === 'reasoning') reasoning = id
      else if (reasoning !== undefined) {
        put(this.#reasons, id, reasoning)
        reasoning = undefined
      }
    }
  }

  /** The item of that id. */
  item(id: string): JsonObject | undefined {
    return this.#items.get(id)
  }

  /** The id of the reasoning that came right before the item. */
  reasoningOf(id: string): string | undefined {
    return this.#reasons.get(id)
  }
}

function put<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= most) return
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}

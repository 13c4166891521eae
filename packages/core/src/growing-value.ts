import { isObject } from './json.ts'

/** Where a value stands in a JSON document: the keys and indexes that lead to it. Empty for the document itself. */
export type JsonPath = readonly (string | number)[]

type Container = unknown[] | Record<string, unknown>

// What copying costs, in half the time that one array entry takes. An entry of a large object takes hundreds of times as long.
const arrayEntryCost = 2
const objectEntryCost = 32
const containerCost = 16
/** What snapshots may cost for each character that has come. */
const budgetPerCharacter = 8
/** What each snapshot may cost beside that: 1,000 array entries, or 60 object entries. */
const budgetPerSnapshot = 2048
/**
 * The number of entries from which on an object is copied entry by entry. V8 keeps a larger one as a hash table, and to copy
 * that as a whole it sorts the entries and looks each of them up: two to ten times the cost of writing them down anew.
 */
const largeObject = 20

/**
 * A JSON value that is built from its beginning to its end, in place: each step costs the same, however large the value
 * has grown and however deep it is.
 */
export class GrowingValue {
  /** The value so far; `undefined` before it begins. */
  value: unknown
  /** Whether the value is whole. */
  closed = false
  // What is open stands in lists side by side: a deep document has as many open containers as levels.
  readonly #open: Container[] = []
  /** The key of the last entry of each; an array's last entry needs none. */
  readonly #keys: string[] = []
  /** What it costs to copy each. */
  readonly #costs: number[] = []
  /** Keys and values in turn of each that is a large object and was copied. */
  readonly #entries: (unknown[] | undefined)[] = []
  #innermost: Container | undefined
  /** Whether the last entry of the innermost is still being written. That of every other is. */
  #writing = false
  /** How much shows of the string that is being written. */
  #textLength = 0
  #snapshot: unknown
  #changed = false
  /** What it costs to copy all open containers. */
  #copyCost = 0
  #budget = 0

  /** The character that closes the innermost open container; `undefined` where none is open. */
  get closer(): ']' | '}' | undefined {
    if (this.#innermost === undefined) return undefined
    return Array.isArray(this.#innermost) ? ']' : '}'
  }

  /** Gives the key that the next value stands at. Only within an object. */
  name(key: string): void {
    this.#keys[this.#keys.length - 1] = key
    this.#writing = true
  }

  /** Begins the next value, which shows at once. */
  begin(value: unknown): void {
    this.#changed = true
    this.#textLength = 0
    const parent = this.#innermost
    if (parent === undefined) {
      this.value = value
      return
    }
    this.#writing = true
    if (Array.isArray(parent)) {
      parent.push(value)
      this.#addCost(arrayEntryCost)
    } else {
      define(parent, this.#key, value)
      this.#entries.at(-1)?.push(this.#key, value)
      this.#addCost(objectEntryCost)
    }
  }

  /** Begins the next value, an array or object that is empty so far. */
  open(value: Container): void {
    this.begin(value)
    this.#innermost = value
    this.#writing = false
    this.#open.push(value)
    this.#keys.push('')
    this.#entries.push(undefined)
    this.#costs.push(0)
    this.#addCost(containerCost)
  }

  /** Replaces the string that is being written with a longer one, or with itself. */
  grow(text: string): void {
    // To compare the texts themselves would make the engine join both.
    if (text.length === this.#textLength) return
    const parent = this.#innermost
    if (parent === undefined) this.value = text
    else setLast(parent, this.#key, text)
    const entries = this.#entries.at(-1)
    if (entries !== undefined) entries[entries.length - 1] = text
    this.#textLength = text.length
    this.#changed = true
  }

  /** Ends the value that is being written: it never changes again. */
  end(): void {
    if (this.#innermost === undefined) this.closed = true
    else this.#writing = false
  }

  /** Adds nothing more to the innermost open container, which is then the value to `end`. */
  close(): void {
    this.#changed = true
    this.#open.pop()
    this.#entries.pop()
    this.#keys.pop()
    this.#copyCost -= this.#costs.pop() ?? 0
    this.#innermost = this.#open.at(-1)
    this.#writing = true
  }

  /** Whether there is a value at a path, and it is whole. Costs the length of the path. */
  isFinal(path: JsonPath): boolean {
    let value = this.value
    let writing = !this.closed
    for (const [depth, key] of path.entries()) {
      if (!hasEntry(value, key)) return false
      const lastKey = Array.isArray(value) ? value.length - 1 : this.#keys[depth]
      const isOpen = depth < this.#open.length - 1 || (depth === this.#open.length - 1 && this.#writing)
      writing &&= isOpen && key === lastKey
      value = Reflect.get(value, key)
    }
    return value !== undefined && !writing
  }

  /** Lets snapshots cost as much more as a text of this length pays for. */
  earn(length: number): void {
    this.#budget += length * budgetPerCharacter
  }

  /** The value as it is now, which later steps do not change. See `PartialJson.snapshot`. */
  snapshot(): unknown {
    if (!this.#changed || this.#copyCost > this.#budget + budgetPerSnapshot) return this.#snapshot
    this.#changed = false
    this.#budget = Math.max(0, this.#budget - this.#copyCost)
    let inner: Container | undefined
    for (let depth = this.#open.length - 1; depth >= 0; depth--) {
      const open = this.#open[depth]
      if (open === undefined) continue
      // What is closed stays as it is and is shared. What is open is copied, and holds the copy of what is open within it.
      const copy = Array.isArray(open) ? open.slice() : this.#copyOf(open, depth)
      if (inner !== undefined) setLast(copy, this.#keys[depth] ?? '', inner)
      inner = copy
    }
    this.#snapshot = inner ?? this.value
    return this.#snapshot
  }

  #copyOf(object: Record<string, unknown>, depth: number): Record<string, unknown> {
    if ((this.#costs[depth] ?? 0) < largeObject * objectEntryCost) return { ...object }
    let entries = this.#entries[depth]
    if (entries === undefined) {
      entries = Object.entries(object).flat()
      // What is being written has to be the last, also where its key is repeated or is a number, which objects put first.
      const key = this.#keys[depth] ?? ''
      if (Object.hasOwn(object, key)) entries.push(key, object[key])
      this.#entries[depth] = entries
    }
    return fromEntries(entries)
  }

  get #key(): string {
    return this.#keys[this.#keys.length - 1] ?? ''
  }

  #addCost(cost: number): void {
    const last = this.#costs.length - 1
    this.#costs[last] = (this.#costs[last] ?? 0) + cost
    this.#copyCost += cost
  }
}

/** Adds an own property, whatever the object inherits under that key. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key in object) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  } else {
    object[key] = value
  }
}

function fromEntries(entries: readonly unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (let at = 0; at < entries.length; at += 2) define(object, String(entries[at]), entries[at + 1])
  return object
}

/** Replaces the last entry, which is an own property. */
function setLast(container: Container, key: string, value: unknown): void {
  if (Array.isArray(container)) container[container.length - 1] = value
  else container[key] = value
}

function hasEntry(value: unknown, key: string | number): value is Container {
  if (Array.isArray(value)) return typeof key === 'number' && Object.hasOwn(value, key)
  return typeof key === 'string' && isObject(value) && Object.hasOwn(value, key)
}

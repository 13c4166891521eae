import { isObject } from './json.ts'

/** Where a value stands in a JSON document: the keys and indexes that lead to it. Empty for the document itself. */
export type JsonPath = readonly (string | number)[]

type Container = unknown[] | Record<string, unknown>

/** An array or object that may still get entries. */
interface OpenContainer {
  readonly value: Container
  /** The key of the last entry; an array's last entry needs none. */
  key: string
  /** Whether the last entry is still being written. */
  writing: boolean
  copyCost: number
}

// What copying costs, in the time that one array entry takes. A large object takes several hundred for each entry.
const arrayEntryCost = 1
const objectEntryCost = 32
const containerCost = 16
/** What snapshots may cost for each character that has come. */
const budgetPerCharacter = 32
/** What each snapshot may cost beside that: 1,000 array entries, or 30 object entries. */
const budgetPerSnapshot = 1024

/**
 * A JSON value that is built from its beginning to its end, in place: each step costs the same, however large the value
 * has grown and however deep it is.
 */
export class GrowingValue {
  /** The value so far; `undefined` before it begins. */
  value: unknown
  /** Whether the value is whole. */
  closed = false
  readonly #open: OpenContainer[] = []
  #innermost: OpenContainer | undefined
  /** What shows of the string that is being written. */
  #text = ''
  #snapshot: unknown
  #changed = false
  /** What it costs to copy all open containers. */
  #copyCost = 0
  #budget = 0

  /** The character that closes the innermost open container; `undefined` where none is open. */
  get closer(): ']' | '}' | undefined {
    if (this.#innermost === undefined) return undefined
    return Array.isArray(this.#innermost.value) ? ']' : '}'
  }

  /** Gives the key that the next value stands at. Only within an object. */
  name(key: string): void {
    if (this.#innermost === undefined) return
    this.#innermost.key = key
    this.#innermost.writing = true
  }

  /** Begins the next value, which shows at once. */
  begin(value: unknown): void {
    this.#changed = true
    this.#text = ''
    const parent = this.#innermost
    if (parent === undefined) {
      this.value = value
      return
    }
    parent.writing = true
    const entryCost = Array.isArray(parent.value) ? arrayEntryCost : objectEntryCost
    parent.copyCost += entryCost
    this.#copyCost += entryCost
    if (Array.isArray(parent.value)) parent.value.push(value)
    else define(parent.value, parent.key, value)
  }

  /** Begins the next value, an array or object that is empty so far. */
  open(value: Container): void {
    this.begin(value)
    this.#innermost = { value, key: '', writing: false, copyCost: containerCost }
    this.#copyCost += containerCost
    this.#open.push(this.#innermost)
  }

  /** Replaces the string that is being written with a longer one, or with itself. */
  grow(text: string): void {
    if (text === this.#text) return
    const parent = this.#innermost
    if (parent === undefined) this.value = text
    else if (Array.isArray(parent.value)) parent.value[parent.value.length - 1] = text
    else parent.value[parent.key] = text
    this.#text = text
    this.#changed = true
  }

  /** Ends the value that is being written: it never changes again. */
  end(): void {
    if (this.#innermost === undefined) this.closed = true
    else this.#innermost.writing = false
  }

  /** Adds nothing more to the innermost open container, which is then the value to `end`. */
  close(): void {
    this.#changed = true
    this.#copyCost -= this.#open.pop()?.copyCost ?? 0
    this.#innermost = this.#open.at(-1)
  }

  /** Whether there is a value at a path, and it is whole. Costs the length of the path. */
  isFinal(path: JsonPath): boolean {
    let value = this.value
    let writing = !this.closed
    for (const [depth, key] of path.entries()) {
      if (!hasEntry(value, key)) return false
      const open: OpenContainer | undefined = writing ? this.#open[depth] : undefined
      writing = open !== undefined && open.writing && key === lastKey(open)
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
      if (open === undefined) break
      // What is closed stays as it is and is shared. What is open is copied, and holds the copy of what is open within it.
      const copy: Container = Array.isArray(open.value) ? open.value.slice() : { ...open.value }
      if (inner !== undefined) Reflect.set(copy, lastKey(open), inner)
      inner = copy
    }
    this.#snapshot = inner ?? this.value
    return this.#snapshot
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

function lastKey({ value, key }: OpenContainer): string | number {
  return Array.isArray(value) ? value.length - 1 : key
}

function hasEntry(value: unknown, key: string | number): value is Container {
  if (Array.isArray(value)) return typeof key === 'number' && Object.hasOwn(value, key)
  return typeof key === 'string' && isObject(value) && Object.hasOwn(value, key)
}

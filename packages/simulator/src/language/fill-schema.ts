import { fingerprint, uuidOf } from '../fingerprint.ts'
import { isObject, textOfJson, type JsonObject } from '../json.ts'
import { FactShelf } from './fact-shelf.ts'
import { knownField } from './known-field.ts'
import { sentimentOf } from './sentiment.ts'
import { samplePattern } from './pattern-sample.ts'
import { branchesOf, dereference, propertiesOf, requiredOf, typeOf } from './schema.ts'

/** A value for a schema, and whether the text gave it: what it did not give is a best effort. */
export interface Filled {
  readonly value: unknown
  readonly found: boolean
}

/** What a schema is filled from. */
export interface FillSource {
  /** The text that values are taken from. */
  readonly text: string
  /** Values that are known from elsewhere, by field name; one record per object of a list. */
  readonly known?: readonly JsonObject[]
  /** What a field gets for which the text has nothing; default the text. */
  readonly otherwise?: string
}

// A schema may refer to itself.
const deepest = 8
const longestList = 20

/**
 * Fills a JSON schema with what a text says: dates, numbers, names, quotations, members of an enumeration. It reads
 * words and has no understanding of them.
 */
export function fillSchema(schema: JsonObject, source: FillSource): Filled {
  return new Filler(schema, source).fill(schema, '', 0)
}

class Filler {
  readonly #root: JsonObject
  readonly #shelf: FactShelf
  readonly #source: FillSource
  #record = 0

  constructor(root: JsonObject, source: FillSource) {
    this.#root = root
    this.#source = source
    this.#shelf = new FactShelf(source.text)
  }

  fill(written: JsonObject, name: string, depth: number): Filled {
    const schema = dereference(written, this.#root)
    if (schema['const'] !== undefined) return { value: schema['const'], found: true }
    if (Array.isArray(schema['enum'])) return this.#member(schema['enum'])
    if (depth > deepest) return { value: null, found: false }
    const branches = branchesOf(schema)
    const [only] = branches
    if (branches.length === 1 && only === schema) return this.#leafOrTree(schema, name, depth)
    const tried = branches.map((branch) => this.fill(branch, name, depth + 1))
    return tried.find(({ found }) => found) ?? tried.find(({ value }) => value === null) ?? tried[0] ?? nothing
  }

  #leafOrTree(schema: JsonObject, name: string, depth: number): Filled {
    switch (typeOf(schema)) {
      case 'object':
        return this.#object(schema, depth)
      case 'array':
        return this.#array(schema, name, depth)
      case 'null':
        return nothing
      case 'boolean':
        return this.#boolean(name)
      case 'integer':
      case 'number':
        return this.#number(name, typeOf(schema) === 'integer')
      default:
        return this.#string(schema, name)
    }
  }

  #object(schema: JsonObject, depth: number): Filled {
    const required = requiredOf(schema)
    const value: Record<string, unknown> = {}
    let found = false
    let complete = true
    for (const [name, property] of propertiesOf(schema)) {
      const filled = this.fill(property, name, depth + 1)
      found ||= filled.found
      if (required.includes(name)) complete &&= filled.found
      // "__proto__" is a name like any other here.
      if (filled.found || required.includes(name)) Object.defineProperty(value, name, { value: filled.value, ...plain })
    }
    return { value, found: complete && (found || required.length === 0) }
  }

  #array(schema: JsonObject, name: string, depth: number): Filled {
    const items = dereference(isObject(schema['items']) ? schema['items'] : {}, this.#root)
    if (Array.isArray(items['enum'])) {
      const named = items['enum'].filter((member) => this.#shelf.mentions(textOfJson(member)))
      return { value: named, found: named.length > 0 }
    }
    if (
      typeOf(items) === 'string' &&
      items['format'] === undefined &&
      items['pattern'] === undefined &&
      !this.#source.known?.length
    ) {
      const listed = this.#shelf.takeList()
      if (listed) return { value: listed, found: true }
    }
    const value: unknown[] = []
    while (value.length < longestList) {
      const left = this.#shelf.left
      const filled = this.fill(items, singular(name), depth + 1)
      const record = this.#record < (this.#source.known?.length ?? 0)
      this.#record += 1
      // Without a fact or a record of its own, the next item would be the same again.
      if (!filled.found || (value.length > 0 && !record && this.#shelf.left === left)) break
      value.push(filled.value)
    }
    this.#record = 0
    return { value, found: value.length > 0 }
  }

  #member(members: readonly unknown[]): Filled {
    const mood = sentimentMembers(members)
    if (mood) {
      const score = sentimentOf(this.#source.text)
      const value = score > 0 ? mood.positive : score < 0 ? mood.negative : (mood.neutral ?? members[0])
      return { value, found: score !== 0 }
    }
    const named = members.find((member) => typeof member !== 'object' && this.#shelf.mentions(textOfJson(member)))
    return { value: named ?? members[0], found: named !== undefined }
  }

  #boolean(name: string): Filled {
    const said = this.#shelf.saidOf(name)
    return { value: said ?? false, found: said !== undefined }
  }

  #number(name: string, whole: boolean): Filled {
    const known = this.#known(name)
    if (typeof known === 'number') return { value: known, found: true }
    const taken = this.#shelf.takeNumber(name)
    if (taken === undefined) return { value: 0, found: false }
    return { value: whole ? Math.round(taken) : taken, found: true }
  }

  #string(schema: JsonObject, name: string): Filled {
    const known = this.#known(name)
    if (typeof known === 'string') return { value: known, found: true }
    const { format, pattern } = schema
    const allowed = typeof pattern === 'string' ? tester(pattern) : undefined
    const wanted = typeof format === 'string' ? format : undefined
    const taken = this.#shelf.takeString(name, wanted, allowed)
    if (taken !== undefined) return { value: taken, found: true }
    if (typeof pattern === 'string') return { value: samplePattern(pattern), found: false }
    return { value: this.#otherwise(wanted), found: false }
  }

  #otherwise(format: string | undefined): string {
    const { text, otherwise } = this.#source
    if (format === 'uuid') return uuidOf(text)
    if (format === 'date' || format === 'date-time' || format === 'time') {
      // Some fixed moment: there is no clock in an answer that has to be the same tomorrow.
      const day = new Date(Date.UTC(2025, 0, 1 + (fingerprint(text) % 365))).toISOString()
      return format === 'date' ? day.slice(0, 10) : format === 'time' ? day.slice(11, 19) : day
    }
    return otherwise ?? text
  }

  #known(name: string): unknown {
    const record = this.#source.known?.[this.#record]
    return record && knownField(record, name)
  }
}

const nothing: Filled = { value: null, found: false }
const plain = { enumerable: true, writable: true, configurable: true }

function sentimentMembers(members: readonly unknown[]) {
  const named = (word: string): unknown => members.find((member) => String(member).toLowerCase() === word)
  const [positive, negative, neutral] = ['positive', 'negative', 'neutral'].map(named)
  return positive === undefined || negative === undefined ? undefined : { positive, negative, neutral }
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')
}

function tester(pattern: string): (text: string) => boolean {
  try {
    const whole = new RegExp(`^(?:${pattern})$`, 'u')
    return (text) => whole.test(text)
  } catch {
    return () => false
  }
}

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PartialJson } from '../src/partial-json.ts'

/** JSON texts, with white space, escapes, lone surrogates, repeated keys and keys that objects inherit. */
const { text: anyText } = fc.letrec<{ text: string; string: string; number: string; array: string; object: string }>(
  (tie) => {
    const space = fc.constantFrom('', '', '', ' ', '\n', '\t\r ')
    const padded = fc.tuple(space, tie('text'), space).map((parts) => parts.join(''))
    const character = fc.oneof(
      fc.constantFrom('a', 'b', 'é', '😀', '\ud83d', '\ude00', ' ', ',', '{', ']', '/', '\u007f'),
      fc.constantFrom('\\"', '\\\\', '\\/', '\\n', '\\u0041', '\\u00e9', '\\ud83d', '\\uDE00', '\\u0000'),
    )
    // Not with a backslash at its end: after such a key, V8 in Node 26.10 reads the key `\\"` of a similar object as `\\`.
    // `for (const key of ['\\\\', '\\"']) console.log(JSON.parse(`{"b":"","${key}":""}`))` shows it: JSON.parse is no oracle there.
    const wellRead = tie('string').filter((text) => !text.endsWith('\\\\"'))
    const key = fc.oneof(wellRead, fc.constantFrom('"a"', '"b"', '""', '"__proto__"', '"constructor"', '"0"'))
    return {
      string: fc.array(character, { maxLength: 8 }).map((parts) => `"${parts.join('')}"`),
      number: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
        fc.constantFrom('0', '-0', '10', '-1.50', '1E5', '2e-3', '1e400', '0.1e+01'),
      ),
      array: fc.array(padded, { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      object: fc
        .array(fc.tuple(space, key, space, padded), { maxLength: 4 })
        .map(
          (entries) =>
            `{${entries.map(([before, name, after, value]) => `${before}${name}${after}:${value}`).join(',')}}`,
        ),
      text: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        tie('string'),
        tie('number'),
        fc.constantFrom('true', 'false', 'null', '[ ]', '{ }'),
        tie('array'),
        tie('object'),
      ),
    }
  },
)

const anyCuts = fc.array(fc.nat({ max: 200 }), { maxLength: 12 })

function cut(text: string, cuts: readonly number[]): string[] {
  const ends = [...cuts.map((at) => Math.min(at, text.length)), text.length].toSorted((a, b) => a - b)
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end))
}

/** What must show of the beginning of a document, found another way: mended until JSON.parse takes it. */
function mended(prefix: string): unknown {
  const closers: string[] = []
  let certain = ''
  let pending = ''
  let atKey = false
  const tokens = [...prefix.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)|[{}[\],:]|[^\s{}[\],:"]+/gs)]
  for (const { 0: token, index } of tokens) {
    const last = index + token.length === prefix.length
    if (token === '{' || token === '[') {
      certain += pending + token
      pending = ''
      atKey = token === '{'
      closers.unshift(atKey ? '}' : ']')
    } else if (token === '}' || token === ']') {
      certain += token
      closers.shift()
    } else if (token === ',') {
      pending = token
      atKey = closers[0] === '}'
    } else if (token === ':') {
      pending += token
      atKey = false
    } else if (atKey) {
      pending += token
    } else if (token.startsWith('"')) {
      certain += pending + mendedString(token)
    } else if (!last || ['true', 'false', 'null'].includes(token)) {
      certain += pending + token
    }
  }
  return certain === '' ? undefined : JSON.parse(certain + closers.join(''))
}

function mendedString(token: string): string {
  const whole = /^"(?:[^"\\]|\\u[\da-f]{4}|\\[^u])*"$/is
  if (whole.test(token)) return token
  const [beginning] = /^"(?:[^"\\]|\\u[\da-f]{4}|\\[^u])*/is.exec(token) ?? ['"']
  const text = String(JSON.parse(`${beginning}"`))
  return JSON.stringify(/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text)
}

const anyLargeEntries = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.nat({ max: 99 }).map((number) => `"k${number}"`),
        fc.constantFrom('"7"', '"0"', '"-1"', '"__proto__"', '"constructor"'),
      ),
      fc.constantFrom('1', 'null', '"abc"', '"a\\nb"', '[]', '[1,[2]]', '{"a":{"b":"c"}}'),
    ),
    { minLength: 15, maxLength: 30 },
  )
  .map((entries) => entries.map((entry) => entry.join(':')).join(','))

/** Texts of an object with many keys, some of them numbers and some repeated, within another one. */
const anyLargeObject = fc
  .tuple(anyLargeEntries, anyLargeEntries, anyLargeEntries)
  .map(([before, within, after]) => `{${before},"within":{${within}},${after}}`)

/** A value as JSON in which it shows where there is a key without a value. */
function described(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (each === undefined ? '(nothing)' : each))
}

/** Whether one value can become another by growth alone. */
function isGrownFrom(later: unknown, earlier: unknown): boolean {
  if (earlier === undefined) return true
  if (typeof earlier === 'string') return typeof later === 'string' && later.startsWith(earlier)
  if (typeof earlier !== 'object' || earlier === null) return Object.is(later, earlier)
  if (typeof later !== 'object' || later === null || Array.isArray(later) !== Array.isArray(earlier)) return false
  return Object.keys(earlier).every(
    (key) => Object.hasOwn(later, key) && isGrownFrom(Reflect.get(later, key), Reflect.get(earlier, key)),
  )
}

/** Every path of a value. */
function paths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return [path, ...keys.flatMap((key) => paths(Reflect.get(value, key), [...path, key]))]
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value
  for (const key of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined
  return found
}

/** Whether an object of a document repeats a key: then the text has more colons than its value has keys. */
function repeatsKey(text: string): boolean {
  let keys = 0
  JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) keys += Object.keys(value).length
    return value
  })
  return keys !== text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '').split(':').length - 1
}

describe('for every document and every split', () => {
  test('what shows is what is certain, and at the end what JSON.parse gives', () => {
    fc.assert(
      fc.property(anyText, anyCuts, (text, cuts) => {
        const json = new PartialJson()
        let pushed = ''
        for (const piece of cut(text, cuts)) {
          json.push(piece)
          pushed += piece
          expect(isDeepStrictEqual(json.value, mended(pushed))).toBe(true)
          expect(json.error).toBe(undefined)
          expect(json.length).toBe(pushed.length)
        }
        json.end()
        const expected: unknown = JSON.parse(text)
        expect(isDeepStrictEqual(json.value, expected)).toBe(true)
        expect(JSON.stringify(json.value)).toBe(JSON.stringify(expected))
        expect(json.complete).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('a snapshot stays as it was, later ones extend it, and what is final stays final', () => {
    fc.assert(
      fc.property(
        anyText.filter((text) => !repeatsKey(text)),
        (text) => {
          const json = new PartialJson()
          const taken: [snapshot: unknown, copy: unknown][] = []
          const final = new Map<string, unknown>()
          for (const piece of text.split('')) {
            json.push(piece)
            const snapshot = json.snapshot()
            expect(isDeepStrictEqual(snapshot, json.value)).toBe(true)
            const [previous] = taken.at(-1) ?? []
            expect(isGrownFrom(snapshot, previous)).toBe(true)
            taken.push([snapshot, structuredClone(snapshot)])
            for (const path of paths(json.value)) {
              const name = JSON.stringify(path)
              if (json.isFinal(path)) {
                if (!final.has(name)) final.set(name, structuredClone(valueAt(json.value, path)))
              } else {
                expect(final.has(name)).toBe(false)
              }
            }
          }
          json.end()
          for (const [snapshot, copy] of taken) expect(JSON.stringify(snapshot)).toBe(JSON.stringify(copy))
          for (const [name, value] of final) {
            expect(isDeepStrictEqual(valueAt(json.value, JSON.parse(name)), value)).toBe(true)
          }
          for (const path of paths(json.value)) expect(json.isFinal(path)).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a snapshot of large objects is a state that was, stays as it was, and shares what is final', () => {
    fc.assert(
      fc.property(anyLargeObject, fc.integer({ min: 3, max: 20 }), (text, length) => {
        const json = new PartialJson()
        const states: string[] = []
        const taken: [snapshot: unknown, state: string][] = []
        let shown = 0
        for (let at = 0; at < text.length; at += length) {
          json.push(text.slice(at, at + length))
          states.push(described(json.value))
          const snapshot = json.snapshot()
          const state = described(snapshot)
          shown = states.indexOf(state, shown)
          expect(shown).not.toBe(-1)
          if (taken.at(-1)?.[0] !== snapshot) taken.push([snapshot, state])
          if (shown !== states.length - 1) continue
          for (const key of Object.keys(snapshot as object)) {
            if (json.isFinal([key])) expect(valueAt(snapshot, [key])).toBe(valueAt(json.value, [key]))
          }
        }
        for (const [snapshot, state] of taken) expect(described(snapshot)).toBe(state)
        expect(json.snapshot()).toBe(json.value)
        expect(isDeepStrictEqual(json.value, JSON.parse(text))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('a text that is cut short shows what it held, and is an error at its end', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, length) => {
        const prefix = text.slice(0, length % text.length)
        const json = new PartialJson()
        json.push(prefix)
        json.end()
        let whole = true
        try {
          JSON.parse(prefix)
        } catch {
          whole = false
        }
        expect(json.complete).toBe(whole)
        expect(json.error?.offset).toBe(whole ? undefined : prefix.length)
      }),
    )
  })
})

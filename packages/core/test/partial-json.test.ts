import { describe, expect, test } from 'vitest'
import { PartialJson } from '../src/partial-json.ts'

function parse(...pieces: string[]): PartialJson {
  const json = new PartialJson()
  for (const piece of pieces) json.push(piece)
  return json
}

/** The values after each piece, each as it was at that moment. */
function growth(...pieces: string[]): unknown[] {
  const json = new PartialJson()
  return pieces.map((piece) => {
    json.push(piece)
    return structuredClone(json.value)
  })
}

describe('what shows', () => {
  test('of a string, all that is certain', () => {
    expect(growth('"', 'a', 'b', '"')).toEqual(['', 'a', 'ab', 'ab'])
    expect(growth('"a\\', 'n', 'b\\u00', 'e9', '"')).toEqual(['a', 'a\n', 'a\nb', 'a\nbé', 'a\nbé'])
    expect(growth('["a', 'b"', ',"c').at(-1)).toEqual(['ab', 'c'])
  })

  test('of a surrogate pair, no half while the other may follow', () => {
    expect(growth('"a\ud83d', '\ude00')).toEqual(['a', 'a😀'])
    expect(growth('"\\ud83d', '\\', 'ude0', '0"')).toEqual(['', '', '', '😀'])
    expect(growth('"\\ud83d', '\ude00')).toEqual(['', '😀'])
    expect(growth('"\ud83d', '\\ude00')).toEqual(['', '😀'])
  })

  test('of a lone surrogate, all of it as soon as it is known to be one', () => {
    expect(growth('"\ud83d', 'x')).toEqual(['', '\ud83dx'])
    expect(growth('"\ud83d', '"')).toEqual(['', '\ud83d'])
    expect(growth('"\\ud83d', '\\ud83d', '"')).toEqual(['', '\ud83d', '\ud83d\ud83d'])
    expect(growth('"\ude00', '\ud83d"')).toEqual(['\ude00', '\ude00\ud83d'])
  })

  test('of a number, nothing before something ends it', () => {
    expect(growth('[1', '2', '.5', 'e1', ' ')).toEqual([[], [], [], [], [125]])
    expect(growth('{"a":-', '0', '}')).toEqual([{}, {}, { a: -0 }])
    expect(growth('12', '3', '\n')).toEqual([undefined, undefined, 123])
  })

  test('of a literal, nothing before it is whole', () => {
    expect(growth('[t', 'ru', 'e', ',fals', 'e,nul', 'l')).toEqual([
      [],
      [],
      [true],
      [true],
      [true, false],
      [true, false, null],
    ])
  })

  test('of a key, nothing before its value begins', () => {
    expect(growth('{', '"a', 'b"', ':', '"', 'c"', ',"d":[')).toEqual([
      {},
      {},
      {},
      {},
      { ab: '' },
      { ab: 'c' },
      { ab: 'c', d: [] },
    ])
  })

  test('grows in place', () => {
    const json = parse('{"a":[{"b":"c')
    const value = json.value
    expect(value).toEqual({ a: [{ b: 'c' }] })
    json.push('d"},1]}')
    expect(json.value).toBe(value)
    expect(value).toEqual({ a: [{ b: 'cd' }, 1] })
  })
})

describe('what is final', () => {
  test('is what has closed', () => {
    const json = parse('{"a":"x')
    expect(json.isFinal(['a'])).toBe(false)
    json.push('","b":[1,[2')
    expect(json.isFinal(['a'])).toBe(true)
    expect(json.isFinal(['b'])).toBe(false)
    expect(json.isFinal(['b', 0])).toBe(true)
    expect(json.isFinal(['b', 1])).toBe(false)
    expect(json.isFinal(['b', 1, 0])).toBe(false)
    json.push(']')
    expect(json.isFinal(['b', 1, 0])).toBe(true)
    expect(json.isFinal(['b', 1])).toBe(true)
    expect(json.isFinal(['b'])).toBe(false)
    expect(json.isFinal([])).toBe(false)
    json.push(']}')
    expect(json.isFinal(['b'])).toBe(true)
    expect(json.isFinal([])).toBe(true)
    expect(json.complete).toBe(true)
  })

  test('is nothing that is not there', () => {
    const json = parse('{"a":[1]}')
    for (const path of [
      ['b'],
      ['a', 1],
      ['a', '0'],
      ['a', 'length'],
      ['a', 0, 'x'],
      ['toString'],
      [0],
      ['__proto__'],
    ]) {
      expect(json.isFinal(path)).toBe(false)
    }
    expect(new PartialJson().isFinal([])).toBe(false)
    expect(parse('"abc"').isFinal([0])).toBe(false)
  })

  test('ends where an object repeats a key', () => {
    const json = parse('{"a":1,"a"')
    expect(json.isFinal(['a'])).toBe(false)
    expect(json.value).toEqual({ a: 1 })
    json.push(':[')
    expect(json.value).toEqual({ a: [] })
    json.push(']')
    expect(json.isFinal(['a'])).toBe(true)
  })

  test('is a number at the top only when the text ends', () => {
    const json = parse('12')
    expect(json.complete).toBe(false)
    json.end()
    expect(json).toMatchObject({ complete: true, value: 12, error: undefined })
    expect(parse('12 ').complete).toBe(true)
  })

  test('is never a number that something wrong follows', () => {
    const json = parse('{"a":1O0}')
    expect(json.value).toEqual({})
    expect(json.isFinal(['a'])).toBe(false)
  })
})

describe('a snapshot', () => {
  test('does not change, and is new where something changed', () => {
    const json = parse('{"a":{"x":1},"b":[{"y":2},{"z":"p')
    const first = json.snapshot() as { a: object; b: object[] }
    json.push('q')
    const second = json.snapshot() as { a: object; b: object[] }
    expect(first).toEqual({ a: { x: 1 }, b: [{ y: 2 }, { z: 'p' }] })
    expect(second).toEqual({ a: { x: 1 }, b: [{ y: 2 }, { z: 'pq' }] })
    expect(second).not.toBe(first)
    expect(second.a).toBe(first.a)
    expect(second.b).not.toBe(first.b)
    expect(second.b[0]).toBe(first.b[0])
    expect(second.b[1]).not.toBe(first.b[1])
  })

  test('is the same where nothing changed', () => {
    const json = parse('{"a":"x')
    const first = json.snapshot()
    for (const piece of ['', '\\', 'ud8', '3d']) {
      json.push(piece)
      expect(json.snapshot()).toBe(first)
    }
    json.push('","b')
    const second = json.snapshot()
    expect(second).not.toBe(first)
    json.push('c" : ')
    expect(json.snapshot()).toBe(second)
  })

  test('of a complete document is its value', () => {
    const json = parse('{"a":[1]}')
    expect(json.snapshot()).toBe(json.value)
    expect(new PartialJson().snapshot()).toBe(undefined)
    expect(parse('"a').snapshot()).toBe('a')
  })

  test('may be behind in a wide container, but not at the end', () => {
    const json = new PartialJson()
    const seen = new Set<unknown>()
    let behind = 0
    json.push('[')
    for (let index = 0; index < 20_000; index++) {
      json.push(`${index},`)
      const snapshot = json.snapshot() as number[]
      seen.add(snapshot)
      behind = Math.max(behind, index + 1 - snapshot.length)
      expect(snapshot.at(-1)).toBe(snapshot.length - 1)
    }
    expect(behind).toBeGreaterThan(0)
    // One character for every 4 entries, of 6 characters each.
    expect(behind).toBeLessThan(20_000 / 4 / 6)
    expect(seen.size).toBeGreaterThan(500)
    json.push('0]')
    expect(json.snapshot()).toBe(json.value)
  })

  test('may be behind in a wide object, but not at the end', () => {
    const json = new PartialJson()
    let behind = 0
    json.push('{')
    for (let index = 0; index < 5000; index++) {
      json.push(`"k${index}":${index},`)
      const keys = Object.keys(json.snapshot() as object)
      behind = Math.max(behind, index + 1 - keys.length)
      if (index < 60) expect(keys.length).toBe(index + 1)
      expect(keys.at(-1)).toBe(`k${keys.length - 1}`)
    }
    expect(behind).toBeGreaterThan(0)
    // Four characters for each entry, which has 13.
    expect(behind).toBeLessThan((5000 * 4) / 13)
    json.push('"last":1}')
    expect(json.snapshot()).toBe(json.value)
  })

  test('keeps an own __proto__ on the way to what is open', () => {
    const json = parse('{"__proto__":{"a":"b')
    const snapshot = json.snapshot() as object
    expect(Object.getPrototypeOf(snapshot)).toBe(Object.prototype)
    expect(JSON.stringify(snapshot)).toBe('{"__proto__":{"a":"b"}}')
    json.push('c')
    expect(JSON.stringify(snapshot)).toBe('{"__proto__":{"a":"b"}}')
  })
})

describe('prototypes', () => {
  test('are never those of a copy of a large object', () => {
    const entries = Array.from({ length: 40 }, (_, index) => `"k${index}":${index}`).join(',')
    const json = parse(`{${entries},"__proto__":{"a":1},"constructor":2,"open":"`)
    for (const text of ['b', 'c']) {
      json.push(text)
      const snapshot = json.snapshot() as object
      expect(Object.getPrototypeOf(snapshot)).toBe(Object.prototype)
      expect(Object.keys(snapshot).slice(-3)).toEqual(['__proto__', 'constructor', 'open'])
      expect(JSON.stringify(snapshot)).toBe(JSON.stringify(json.value))
    }
  })

  const text =
    '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":1}},"toString":"no","__proto__":"a"}'

  test('are never changed, at any split', () => {
    for (let at = 0; at <= text.length; at++) {
      const json = parse(text.slice(0, at), text.slice(at))
      expect(JSON.stringify(json.value)).toBe(JSON.stringify(JSON.parse(text)))
      expect(Object.getPrototypeOf(json.value)).toBe(Object.prototype)
      expect(Object.getOwnPropertyDescriptor(json.value, '__proto__')).toEqual({
        value: 'a',
        writable: true,
        enumerable: true,
        configurable: true,
      })
    }
    expect(Reflect.get({}, 'polluted')).toBe(undefined)
  })

  test('do not get in the way of a key', () => {
    const setter = (): void => {
      throw new Error('an inherited setter was called')
    }
    Reflect.defineProperty(Object.prototype, 'trap', { set: setter, configurable: true })
    try {
      expect(parse('{"trap":"a', 'b"}').value).toHaveProperty('trap', 'ab')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'trap')
    }
  })
})

describe('a text that is not JSON', () => {
  test('does not throw, and says where it is wrong', () => {
    const json = parse('{"a":"b",', 'x')
    expect(json.error).toEqual({ message: 'expected a key in quotes at offset 9, found "x"', offset: 9 })
    expect(json.value).toEqual({ a: 'b' })
    expect(json.complete).toBe(false)
    json.push('"c":1}')
    json.end()
    expect(json).toMatchObject({ value: { a: 'b' }, length: 16, error: { offset: 9 } })
  })

  test('is also one that has more than a document', () => {
    const json = parse('{"a":1} ')
    expect(json.complete).toBe(true)
    json.push(' {')
    expect(json).toMatchObject({ complete: false, value: { a: 1 }, error: { offset: 9 } })
    expect(json.isFinal([])).toBe(false)
    expect(json.isFinal(['a'])).toBe(true)
  })

  test('is also one that ends too early', () => {
    const json = parse('[1,"a')
    json.end()
    expect(json.error).toEqual({
      message: 'expected the rest of a string at offset 5, found the end of the text',
      offset: 5,
    })
    expect(json.value).toEqual([1, 'a'])
    const empty = new PartialJson()
    empty.end()
    expect(empty).toMatchObject({ value: undefined, error: { offset: 0 } })
  })

  test('may have ended before', () => {
    const json = parse('1')
    json.end()
    json.push('2')
    expect(json).toMatchObject({ value: 1, length: 2, error: { offset: 1 } })
  })
})

test('depth has no limit', () => {
  const depth = 10_000
  const text = '[{"a":'.repeat(depth) + '"x"' + '}]'.repeat(depth)
  const json = parse(...(text.match(/.{1,7}/gs) ?? []))
  expect(json.complete).toBe(true)
  let value = json.value
  for (let level = 0; level < depth; level++) value = Reflect.get(Reflect.get(Object(value), 0), 'a')
  expect(value).toBe('x')
  expect(json.isFinal(Array.from({ length: 2 * depth }, (_, index) => (index % 2 === 0 ? 0 : 'a')))).toBe(true)
})

import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { z } from 'zod'
import { type Model, structured } from '../src/index.ts'
import { calling, saying } from './output-model.ts'

const anything = z.unknown()

// A backslash in keys is misread by the JSON.parse of some versions of V8.
const values = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('\\'))

/** A text in pieces, cut as the numbers say. */
function cutAt(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = []
  let rest = text
  for (const length of lengths) {
    pieces.push(rest.slice(0, length))
    rest = rest.slice(length)
  }
  return [...pieces, rest]
}

/** Whether a value can become another one by more of its text. */
function isBeginning(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part)
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((item, index) => index < whole.length && isBeginning(item, whole[index]))
  }
  if (typeof part !== 'object' || part === null) return Object.is(part, whole)
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return false
  return Object.entries(part).every(
    ([key, each]) => Object.hasOwn(whole, key) && isBeginning(each, Reflect.get(whole, key)),
  )
}

describe('partials', () => {
  test.for([
    ['in text', (pieces: readonly string[]): Model => saying(pieces), 'prompted'],
    ['in a tool call', (pieces: readonly string[]): Model => calling('output', pieces), 'tool'],
  ] as const)('are beginnings of the output, and the last one is the output, %s', async ([, speak, mode]) => {
    await fc.assert(
      fc.asyncProperty(values, fc.array(fc.nat(6)), async (given, cuts) => {
        const value: unknown = JSON.parse(JSON.stringify(given))
        const stream = structured(speak(cutAt(JSON.stringify({ value }), cuts)), anything, { mode }).stream('?')
        const seen: unknown[] = []
        const copies: string[] = []
        for await (const partial of stream.partials()) {
          seen.push(partial)
          copies.push(JSON.stringify(partial))
        }
        const { output } = await stream.response()
        expect(output).toEqual(value)
        expect(seen.at(-1)).toEqual(value)
        expect(seen.every((partial) => isBeginning(partial, value))).toBe(true)
        // What was shown stays as it was.
        expect(seen.map((partial) => JSON.stringify(partial))).toEqual(copies)
        expect((await structured(speak([JSON.stringify({ value })]), anything, { mode }).call('?')).output).toEqual(
          value,
        )
      }),
    )
  })

  test('tell what is final the moment that its JSON closes', async () => {
    const model = saying(['{"title":"Du', 'ne"', ',"tags":["a', '","b"', ']', '}'])
    const schema = z.object({ title: z.string(), tags: z.array(z.string()) })
    const view = structured(model, schema, { mode: 'prompted' }).stream('?').partials()
    const seen: unknown[] = []
    for await (const { title, tags } of view) {
      seen.push([title, view.isFinal(['title']), tags?.length, view.isFinal(['tags', 0]), view.isFinal(['tags'])])
    }
    expect(seen).toEqual([
      ['Du', false, undefined, false, false],
      ['Dune', true, undefined, false, false],
      ['Dune', true, 1, false, false],
      ['Dune', true, 2, true, false],
      ['Dune', true, 2, true, true],
      ['Dune', true, 2, true, true],
    ])
    expect(view.isFinal([])).toBe(true)
  })

  test('show what was written, and the output is what the schema made of it', async () => {
    const schema = z.object({
      on: z.string().transform((text) => new Date(text)),
      tags: z.array(z.string()).default([]),
    })
    const stream = structured(saying(['{"on":"2020-01', '-02"}']), schema, { mode: 'prompted' }).stream('?')
    const seen: unknown[] = []
    for await (const partial of stream.partials()) seen.push(partial)
    expect(seen).toEqual([{ on: '2020-01' }, { on: '2020-01-02' }])
    expect((await stream.response()).output).toEqual({ on: new Date('2020-01-02'), tags: [] })
  })

  test('of a model without an output schema are those of the JSON in its text', async () => {
    const stream = saying(['Here: [1', ', {"a":"b', '"}]', ' Bye']).stream('?')
    const seen: unknown[] = []
    for await (const partial of stream.partials()) seen.push(partial)
    expect(seen).toEqual([[], [1, { a: 'b' }], [1, { a: 'b' }]])
    expect((await stream.response()).content).toBe('Here: [1, {"a":"b"}] Bye')
  })

  test('are one of the views of a stream that is read once', async () => {
    const stream = structured(saying(['{"value":1}']), z.number(), { mode: 'prompted' }).stream('?')
    for await (const partial of stream.partials()) {
      expect(partial).toBe(1)
      break
    }
    await expect(stream.response()).rejects.toMatchObject({ code: 'aborted' })
    await expect(stream.partials()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'stream_consumed' })
  })

  test('leave the stream to whoever asks for the response at the same time', async () => {
    const stream = structured(saying(['{"value":"a', 'b', 'c"}']), z.string(), { mode: 'prompted' }).stream('?')
    const seen: unknown[] = []
    for await (const partial of stream.partials()) {
      seen.push(partial)
      if (seen.length === 1) expect((await stream.response()).output).toBe('abc')
    }
    expect(seen).toEqual(['a', 'ab', 'abc'])
  })
})

describe('structured', () => {
  test('refuses a schema that cannot be JSON Schema at once', () => {
    expect(() => structured(saying([]), z.date())).toThrow(/no JSON Schema can be made/)
  })

  test('takes a bare list where the object around it was left out', async () => {
    const { output } = await structured(saying(['["a"]']), z.array(z.string()), { mode: 'prompted' }).call('?')
    expect(output).toEqual(['a'])
  })

  test('says where in the object that was put around it the output is wrong', async () => {
    await expect(
      structured(saying(['{"value":[1]}']), z.array(z.string()), { mode: 'prompted' }).call('?'),
    ).rejects.toMatchObject({ code: 'output_validation', issues: [{ path: [0] }], raw: '{"value":[1]}' })
    await expect(
      structured(saying(['{"valu":[1]}']), z.array(z.string()), { mode: 'prompted' }).call('?'),
    ).rejects.toMatchObject({ code: 'output_validation', message: expect.stringContaining('"value"') as string })
  })
})

test('a reading of partials that has begun is not overtaken by response()', async () => {
  const stream = saying(['{"a":', '1,"b":', '2}']).stream('?')
  const partials = stream.partials()[Symbol.asyncIterator]()
  const first = partials.next()
  expect((await stream.response()).content).toBe('{"a":1,"b":2}')
  const rest = await Array.fromAsync({ [Symbol.asyncIterator]: () => partials })
  expect([(await first).value, ...rest]).toEqual([{}, { a: 1 }, { a: 1, b: 2 }])
})

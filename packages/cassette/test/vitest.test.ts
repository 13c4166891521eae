import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readCassette } from '../src/index.ts'
import { fileNameOf } from '../src/test-name.ts'
import { useCassette } from '../src/vitest.ts'

const folder = join(import.meta.dirname, 'cassettes/vitest.test.ts')
const network: typeof fetch = async (input) => new Response(`recorded ${new Request(input).url}`)
const answerOf = async (fetch: typeof globalThis.fetch, path = ''): Promise<string> =>
  (await fetch(`https://example.com/${path}`)).text()

afterAll(() => rm(join(import.meta.dirname, 'cassettes'), { recursive: true }))

describe('one line', () => {
  test('records: "once" and for all', async () => {
    expect(await answerOf(await useCassette({ mode: 'record', fetch: network }))).toBe('recorded https://example.com/')
  })

  test('is a file that is named after the test', async () => {
    expect(await readCassette(join(folder, 'one-line-records-once-and-for-all.json'))).toHaveLength(1)
  })
})

describe('tests that run at once', () => {
  test.concurrent.each(['first', 'second', 'third'])('%s', async () => {
    // Without its context a test would get the file of whoever runs.
    await expect(useCassette()).rejects.toThrow('useCassette(context)')
  })

  for (const word of ['one', 'two', 'three']) {
    test.concurrent(`the ${word}`, async (context) => {
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
      await answerOf(await useCassette(context, { mode: 'record', fetch: network }), word)
    })
  }

  test('each have their file', async () => {
    for (const word of ['one', 'two', 'three']) {
      const [exchange] = await readCassette(join(folder, `tests-that-run-at-once-the-${word}.json`))
      expect(exchange?.request.url).toBe(`https://example.com/${word}`)
    }
  })
})

describe('two tests of one name', () => {
  const outcomes: unknown[] = []
  test.each([1, 2])('are told', async () => {
    outcomes.push(
      await useCassette({ mode: 'record', fetch: network }).then(
        (fetch) => answerOf(fetch),
        (error: unknown) => error,
      ),
    )
  })

  test('and the file is that of the first', () => {
    expect(outcomes).toEqual([
      'recorded https://example.com/',
      expect.objectContaining({ message: expect.stringContaining('Two tests have the cassette') }),
    ])
  })

  test.each([1, 2])('may have names of their own', async (number) => {
    await answerOf(await useCassette({ mode: 'record', fetch: network, name: `own ${number}` }), String(number))
    await answerOf(await useCassette({ mode: 'record', fetch: network, name: `other ${number}` }))
    await expect(useCassette({ name: `own ${number}` })).rejects.toThrow('open already')
  })
})

describe('a test that is tried again', () => {
  let tries = 0
  test('has its file again', { retry: 1 }, async () => {
    tries += 1
    await answerOf(await useCassette({ mode: 'record', fetch: network }), `try-${tries}`)
    expect(tries).toBe(2)
  })

  test('which says what the last try has done', async () => {
    const text = await readFile(join(folder, 'a-test-that-is-tried-again-has-its-file-again.json'), 'utf8')
    expect(text).toContain('try-2')
    expect(text).not.toContain('try-1')
  })
})

describe('the name of a file', () => {
  test.each([
    ['Recommends a book > in "French"', 'recommends-a-book-in-french'],
    ['CON', /^con-[\da-f]{8}$/],
    ['lpt1', /^lpt1-[\da-f]{8}$/],
    ['?!', /^[\da-f]{8}$/],
    ['e\u0301te\u0301', 'été'],
    [`${'long '.repeat(40)}a`, /^(?:long-){19}long-[\da-f]{8}$/],
  ])('of %j', (title, name) => {
    expect(fileNameOf(title)).toEqual(typeof name === 'string' ? name : expect.stringMatching(name))
  })

  test('is another one for titles that begin alike', () => {
    expect(fileNameOf(`${'long '.repeat(40)}a`)).not.toBe(fileNameOf(`${'long '.repeat(40)}b`))
  })
})

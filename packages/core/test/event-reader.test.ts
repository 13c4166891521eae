import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { EventReader } from '../src/event-reader.ts'
import type { Framing } from '../src/framing.ts'

function bodyOf(reads: readonly Uint8Array[], cancel?: () => void): ReadableStream<Uint8Array> {
  const queue = [...reads]
  return new ReadableStream(
    {
      pull(controller) {
        const next = queue.shift()
        if (next) controller.enqueue(next)
        else controller.close()
      },
      ...(cancel && { cancel }),
    },
    { highWaterMark: 0 },
  )
}

async function dataOf(reads: readonly Uint8Array[], framing: Framing = 'server-sent-events'): Promise<string[]> {
  const reader = new EventReader(bodyOf(reads), framing)
  const data: string[] = []
  while (!reader.ended) {
    await reader.read()
    for (let event = reader.take(); event; event = reader.take()) data.push(event.data)
  }
  return data
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
test.each([
  ['comments and unknown fields are passed over', ': hello\n\nfoo: bar\ndata: x\n\n', ['x']],
  ['lines of one event are joined', 'data: a\ndata: b\n\n', ['a\nb']],
  ['one space after the colon is dropped', 'data:a\n\ndata:  b\n\n', ['a', ' b']],
  ['a byte order mark is dropped', '\uFEFFdata: a\n\n', ['a']],
  ['an event that lacks its last line end is not lost', 'data: a\n\ndata: b', ['a', 'b']],
  ['nor one that lacks its blank line', 'data: a\n', ['a']],
])('%s', async (_, text, data) => {
  expect(await dataOf([bytes(text)])).toEqual(data)
})

test('any text survives any cut, with any line ends', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, ''))
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      async (lines, end, at) => {
        const whole = bytes(lines.map((text) => `data: ${text}${end}${end}`).join(''))
        const edges = [0, ...at.map((part) => Math.floor(part * whole.length)).toSorted((a, b) => a - b), whole.length]
        const reads = edges.slice(1).map((edge, index) => whole.subarray(edges[index], edge))
        // By the specification an event without data is none.
        expect(await dataOf(reads)).toEqual(lines)
      },
    ),
  )
})

test('lines are events as well, whatever the cut, and the last one needs no line end', async () => {
  const text = '{"a":"ä"}\n\r\n{"b":2}\r\n{"c":3}'
  for (let at = 0; at <= bytes(text).length; at++) {
    const data = await dataOf([bytes(text).subarray(0, at), bytes(text).subarray(at)], 'lines')
    expect(data.map((line): unknown => JSON.parse(line))).toEqual([{ a: 'ä' }, { b: 2 }, { c: 3 }])
  }
})

test('nothing is read before it is asked for', async () => {
  const pulls: number[] = []
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulls.push(pulls.length)
        controller.enqueue(bytes('data: x\n\n'))
      },
    },
    { highWaterMark: 0 },
  )
  const reader = new EventReader(body, 'server-sent-events')
  expect(pulls).toHaveLength(0)
  await reader.read()
  await reader.read()
  expect(pulls).toHaveLength(2)
})

test('release() reads what is left, so that the connection can be used again', async () => {
  const cancel = vi.fn()
  const reader = new EventReader(
    bodyOf([bytes('data: x\n\n'), bytes('data: [DONE]\n\n')], cancel),
    'server-sent-events',
  )
  await reader.read()
  reader.release()
  await new Promise((resolve) => setImmediate(resolve))
  expect(cancel).not.toHaveBeenCalled()
})

test('release() does not wait for a server that holds the body open', async () => {
  vi.useFakeTimers()
  const cancel = vi.fn()
  const reader = new EventReader(new ReadableStream({ cancel }), 'server-sent-events')
  reader.release()
  await vi.advanceTimersByTimeAsync(1_000)
  vi.useRealTimers()
  expect(cancel).toHaveBeenCalledOnce()
})

test('a read that brings more than is cut at a time loses nothing, with any line ends', async () => {
  const line = fc
    .tuple(fc.string({ unit: 'grapheme-ascii' }), fc.nat({ max: 3_000 }))
    .map(([text, length]) => text + '·'.repeat(length))
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 10, maxLength: 40 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      async (lines, end) => {
        const text = lines.map((data) => `data: ${data}${end}${end}`).join('')
        expect(await dataOf([bytes(text)])).toEqual(lines)
      },
    ),
  )
})

import { createCohere } from '@interlingua/cohere'
import { fallback, isInterlinguaError, jsonSchema, middleware, structured } from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'

const modelId = 'command-a-03-2025'

function start(script: Script, options: object = {}) {
  const simulator = createSimulator({ scripts: [script] })
  const model = createCohere({ apiKey: 'key', fetch: simulator.fetch })(modelId)
  return { simulator, model, stream: model.stream('Hi', options) }
}

/** More than anybody reads. */
const endless = {
  *[Symbol.iterator]() {
    for (;;) yield ' word'
  },
}

const calls: Script = {
  toolCalls: [
    { name: 'weather', id: 'a', deltas: ['{"city":', '"Oslo"}'] },
    { name: 'clock', id: 'b', arguments: { zone: 'UTC' } },
  ],
}

describe('tools()', () => {
  test('gives each call once, complete, in order', async () => {
    const tools = await Array.fromAsync(start(calls).stream.tools())
    expect(tools).toMatchObject([
      { id: 'a', name: 'weather', args: { city: 'Oslo' }, raw: '{"city":"Oslo"}' },
      { id: 'b', name: 'clock', args: { zone: 'UTC' } },
    ])
    expect(tools.map(({ delta }) => delta)).toEqual([undefined, undefined])
  })

  test('gives complete calls only, also where the loop shows growing ones', async () => {
    const tools = await Array.fromAsync(start(calls, { partialTools: true }).stream.tools())
    expect(tools.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  test('with `partial`, shows the arguments grow, whatever the call says', async () => {
    const tools = await Array.fromAsync(start(calls).stream.tools({ partial: true }))
    const weather = tools.filter(({ id }) => id === 'a')
    expect(weather.map(({ delta }) => delta)).toEqual(['', '{"city":', '"Oslo"}', undefined])
    expect(weather[0]?.args).not.toBe(weather.at(-1)?.args)
    expect(weather.at(-1)?.args).toEqual({ city: 'Oslo' })
    expect(tools.filter(({ delta }) => delta === undefined).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  test('ends at a hand-off once it has given something', async () => {
    const whole = createSimulator({ scripts: [calls] })
    const recorded = await (await whole.fetch('https://x.test/v2/chat', request())).text()
    const cut = recorded.slice(0, recorded.indexOf('"type":"tool-call-end"') + 60)
    const model = fallback([start({ body: cut, headers: sse }).model, start({ text: 'Fine.' }).model])
    const seen: string[] = []
    const reading = (async () => {
      for await (const { id } of model.stream('Hi').tools()) seen.push(id)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'truncated' })
    expect(seen).toEqual(['a'])
  })
})

const sse = { 'content-type': 'text/event-stream' }
const request = (): RequestInit => ({
  method: 'POST',
  headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
  body: JSON.stringify({ model: modelId, stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
})

describe('finish()', () => {
  test('reads to the end and tells why the model stopped', async () => {
    const { stream } = start({ text: 'Read Dune.' })
    expect(await stream.finish()).toEqual({ unified: 'stop', raw: 'COMPLETE' })
    expect(stream.partial.content).toBe('Read Dune.')
    expect(await start(calls).stream.finish()).toEqual({ unified: 'tool_calls', raw: 'TOOL_CALL' })
  })

  test('throws what the stream throws', async () => {
    const { stream } = start({ text: 'Read Dune.', truncateAfterBytes: 500 })
    const error: unknown = await stream.finish().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'truncated' })
    await expect(stream.response()).rejects.toBe(error)
  })
})

describe('tee()', () => {
  test('gives streams of the same class that see everything, of one request', async () => {
    const { simulator, stream } = start({ text: 'Read Dune today.' })
    const [left, right] = stream.tee()
    expect(left).toBeInstanceOf(stream.constructor)
    const [text, chunks] = await Promise.all([Array.fromAsync(left.text()), Array.fromAsync(right)])
    expect(text.join('')).toBe('Read Dune today.')
    expect(chunks.map(([{ content }]) => content).join('')).toBe('Read Dune today.')
    expect(simulator.requests).toHaveLength(1)
    const response = await left.response()
    expect(await right.response()).toBe(response)
    expect(await stream.response()).toBe(response)
    expect(left.partial).toBe(response)
  })

  test('one after the other: the second has all that the first has read', async () => {
    const branches = start(calls).stream.tee(3)
    expect(branches).toHaveLength(3)
    for (const branch of branches) {
      expect((await Array.fromAsync(branch)).flatMap(([, tool]) => tool?.id ?? [])).toEqual(['a', 'b'])
    }
  })

  test('an event that completes several tool calls is one event for each branch too', async () => {
    const model = createCohere({ apiKey: 'key', api: 'v1', fetch: createSimulator({ scripts: [calls] }).fetch })(
      modelId,
    )
    const steps = await Array.fromAsync(model.stream('Hi'))
    const completing = steps.filter(([, tool]) => tool)
    expect(completing.map(([, tool]) => tool?.name)).toEqual(['weather', 'clock'])
    expect(completing[0]?.[0].event).toBe(completing[1]?.[0].event)
    for (const branch of model.stream('Hi').tee()) {
      const names = (await Array.fromAsync(branch)).map(([{ deltas }, tool]) => [deltas.length, tool?.name])
      expect(names).toEqual(steps.map(([{ deltas }, tool]) => [deltas.length, tool?.name]))
    }
  })

  test('nothing is read ahead of the fastest branch', async () => {
    const { simulator, stream } = start({ deltas: endless, chunking: 'event' })
    const [left, right] = stream.tee()
    const iterator = left[Symbol.asyncIterator]()
    for (let taken = 1; taken <= 20; taken++) {
      await iterator.next()
      expect(simulator.requests[0]?.eventsSent).toBeLessThanOrEqual(taken + 2)
    }
    const other = right[Symbol.asyncIterator]()
    for (let taken = 1; taken <= 20; taken++) await other.next()
    expect(simulator.requests[0]?.eventsSent).toBeLessThanOrEqual(22)
    stream.cancel()
  })

  test('a branch that is left does not stop the other; the last one closes the connection', async () => {
    const { simulator, stream } = start({ deltas: endless, chunking: 'event' })
    const [left, right] = stream.tee()
    for await (const _ of left) break
    await expect(left.response()).rejects.toMatchObject({ code: 'aborted' })
    let count = 0
    for await (const _ of right) if (++count === 10) break
    expect(count).toBe(10)
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
    expect(right.partial.content).toMatch(/^( word)+$/)
  })

  test('a branch that was never read can be cancelled as well', async () => {
    const { simulator, stream } = start({ deltas: endless, chunking: 'event' })
    const [left, right] = stream.tee()
    right.cancel()
    right.cancel()
    for await (const _ of left) break
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
  })

  test('cancelling the stream itself ends all branches', async () => {
    const { simulator, stream } = start({ deltas: endless, chunking: 'event' })
    const [left, right] = stream.tee()
    await left[Symbol.asyncIterator]().next()
    stream.cancel()
    await expect(left.response()).rejects.toMatchObject({ code: 'aborted' })
    await expect(right.response()).rejects.toMatchObject({ code: 'aborted' })
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
  })

  test('all branches end with the same error, behind all that came before it', async () => {
    const { stream } = start({ text: 'Read Dune.', truncateAfterBytes: 600 })
    const seen: unknown[] = []
    for (const branch of stream.tee()) {
      const events: unknown[] = []
      const error: unknown = await (async () => {
        for await (const [{ event }] of branch) events.push(event)
      })().catch((reason: unknown) => reason)
      seen.push({ events, error })
      await expect(branch.response()).rejects.toBe(error)
    }
    expect(seen[0]).toMatchObject({ error: { code: 'truncated' } })
    expect(seen[1]).toEqual(seen[0])
    expect((seen[1] as { error: unknown }).error).toBe((seen[0] as { error: unknown }).error)
  })

  test('what a function of the caller throws reaches all branches as it is', async () => {
    const mine = new Error('mine')
    const model = middleware(start({ text: 'Read Dune.' }).model, {
      finish: () => {
        throw mine
      },
    })
    for (const branch of model.stream('Hi').tee()) await expect(branch.response()).rejects.toBe(mine)
  })

  test('structured output is validated once, and all branches have it', async () => {
    const book = jsonSchema<{ title: string }>({ type: 'object', properties: { title: { type: 'string' } } })
    const { model } = start({ text: '{"title":"Dune"}' })
    const [left, right] = structured(model, book).stream('Hi').tee()
    expect((await Array.fromAsync(left.partials())).at(-1)).toEqual({ title: 'Dune' })
    expect((await Array.fromAsync(right.partials())).at(-1)).toEqual({ title: 'Dune' })
    expect((await left.response()).output).toEqual({ title: 'Dune' })
  })

  test('claims the stream', async () => {
    const { stream } = start({ text: 'Hi' })
    stream.tee()
    expect(() => stream[Symbol.asyncIterator]()).toThrow(/read already/)
  })
})

describe('toReadableStream()', () => {
  test('gives what the loop gives', async () => {
    const loop = await Array.fromAsync(start({ text: 'Read Dune.' }).stream)
    const web = await Array.fromAsync(start({ text: 'Read Dune.' }).stream.toReadableStream())
    expect(web.map(([{ content }]) => content)).toEqual(loop.map(([{ content }]) => content))
  })

  test('nothing is read before it is asked for, and cancelling closes the connection', async () => {
    const { simulator, stream } = start({ deltas: endless, chunking: 'event' })
    const reader = stream.toReadableStream().getReader()
    await new Promise((resolve) => setImmediate(resolve))
    expect(simulator.requests).toHaveLength(0)
    for (let taken = 1; taken <= 20; taken++) {
      await reader.read()
      expect(simulator.requests[0]?.eventsSent).toBeLessThanOrEqual(taken + 2)
    }
    await reader.cancel()
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
  })

  test('cancelling closes the connection while a read waits', async () => {
    const simulator = createSimulator({ scripts: [{ text: 'Read Dune.', stallAfterBytes: 700 }] })
    const stream = createCohere({ apiKey: 'key', fetch: simulator.fetch })(modelId).stream('Hi')
    const reader = stream.toReadableStream().getReader()
    const reading = (async () => {
      while (!(await reader.read()).done);
    })()
    await vi.waitUntil(() => (simulator.requests[0]?.bytesSent ?? 0) >= 700)
    await reader.cancel()
    await reading
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
  })

  test('a failure errors it', async () => {
    const { stream } = start({ text: 'Read Dune.', truncateAfterBytes: 600 })
    const error: unknown = await Array.fromAsync(stream.toReadableStream()).catch((reason: unknown) => reason)
    expect(isInterlinguaError(error) && error.code).toBe('truncated')
  })
})

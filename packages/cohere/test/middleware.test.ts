import { CohereCallResponse, createCohere } from '@interlingua/cohere'
import {
  AnswerChunk,
  HandOffChunk,
  InterlinguaError,
  jsonSchema,
  middleware,
  type MiddlewareHooks,
  override,
  structured,
} from '@interlingua/core'
import type { CohereTypes } from '@interlingua/cohere'
import { createSimulator, type Script } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'

function simulated(scripts: readonly Script[] = []) {
  const simulator = createSimulator({ scripts })
  return { simulator, cohere: createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025') }
}

/** Hooks that write down when they are called. */
function logging(name: string, log: string[]): MiddlewareHooks<CohereTypes> {
  return {
    request: () => void log.push(`${name} request`),
    response: async () => void log.push(`${name} response`),
    error: () => void log.push(`${name} error`),
    finish: ({ outcome }) => void log.push(`${name} ${outcome}`),
  }
}

const mine = new TypeError('mine')
const fail = (): never => {
  throw mine
}

describe.each(['call', 'stream'] as const)('%s', (kind) => {
  const ask = (model: ReturnType<typeof simulated>['cohere'], prompt = 'Recommend a book', options = {}) =>
    kind === 'call' ? model.call(prompt, options) : model.stream(prompt, options).response()

  test('the first hooks are the outermost', async () => {
    const log: string[] = []
    const both = [logging('outer', log), logging('inner', log)] as const
    await ask(middleware(simulated().cohere, ...both))
    expect(log).toEqual([
      'outer request',
      'inner request',
      'inner response',
      'inner completed',
      'outer response',
      'outer completed',
    ])
    log.length = 0
    await expect(ask(middleware(simulated([{ status: 400 }]).cohere, ...both))).rejects.toMatchObject({ status: 400 })
    expect(log.slice(0, 2)).toEqual(['outer request', 'inner request'])
    expect(log.slice(2).toSorted()).toEqual(['inner error', 'inner failed', 'outer error', 'outer failed'])
    expect(log.indexOf('inner failed')).toBeLessThan(log.indexOf('outer failed'))
  })

  test('a request hook changes the prompt and the options', async () => {
    const { simulator, cohere } = simulated()
    const model = middleware(cohere, {
      request: async ({ messages, options, streamed, provider, model: id }) => {
        expect([streamed, provider, id]).toEqual([kind === 'stream', 'cohere', 'command-a-03-2025'])
        return {
          prompt: [{ role: 'system', content: 'Be brief.' }, ...messages],
          options: { ...options, maxTokens: 3 },
        }
      },
    })
    const response = await ask(model)
    expect(response.messages).toHaveLength(2)
    expect(response.finishReason.unified).toBe('length')
    expect(simulator.requests[0]?.body).toMatchObject({
      max_tokens: 3,
      messages: [{ role: 'system' }, { role: 'user' }],
    })
  })

  test('a request hook answers by itself', async () => {
    const { simulator, cohere } = simulated()
    const known = await cohere.call('Recommend a book')
    const finish = vi.fn()
    const response = await ask(middleware(cohere, { request: () => ({ response: known }), finish }), 'Anything')
    expect(response).toBe(known)
    expect(simulator.requests).toHaveLength(1)
    expect(finish).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ outcome: 'completed' }), expect.anything())
  })

  test('a response hook replaces the response', async () => {
    const model = middleware(simulated().cohere, {
      response: async (response) => new CohereCallResponse(Object.assign({}, response, { id: 'mine' })),
    })
    expect((await ask(model)).id).toBe('mine')
  })

  test('an error hook replaces the error, or recovers', async () => {
    const { cohere } = simulated([{ status: 500 }])
    await expect(ask(middleware(cohere, { error: () => ({ error: mine }) }))).rejects.toBe(mine)
    const reserve = await simulated().cohere.call('Hi')
    const finish = vi.fn()
    const model = middleware(cohere, { error: async () => ({ response: reserve }), finish })
    expect(await ask(model)).toBe(reserve)
    expect(finish).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ outcome: 'completed' }), expect.anything())
  })

  test('what a hook throws is thrown as it is, and the end is told all the same', async () => {
    for (const hook of ['request', 'response'] as const) {
      const finish = vi.fn()
      await expect(ask(middleware(simulated().cohere, { [hook]: fail, finish }))).rejects.toBe(mine)
      expect(finish).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ outcome: 'failed', error: mine }),
        expect.anything(),
      )
    }
    await expect(ask(middleware(simulated().cohere, { finish: fail }))).rejects.toBe(mine)
    await expect(ask(middleware(simulated([{ status: 500 }]).cohere, { error: fail }))).rejects.toBe(mine)
    const own = new InterlinguaError({ code: 'quota', message: 'enough for today' })
    const guard = (): never => {
      throw own
    }
    await expect(ask(middleware(simulated().cohere, { request: guard }))).rejects.toBe(own)
  })

  test('a stop is told once, and is not for the error hook', async () => {
    const { cohere } = simulated([{ stallBeforeHeaders: true }])
    const stop = new AbortController()
    const hooks = { error: vi.fn(), finish: vi.fn() }
    const answer = ask(middleware(cohere, hooks, { request: () => void setTimeout(() => stop.abort(), 1) }), 'Hi', {
      signal: stop.signal,
    })
    await expect(answer).rejects.toMatchObject({ code: 'aborted' })
    expect(hooks.error).not.toHaveBeenCalled()
    expect(hooks.finish).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ outcome: 'aborted' }),
      expect.anything(),
    )
  })
})

describe('around a model with an output', () => {
  const book = jsonSchema<{ title: string }>({ type: 'object', properties: { title: { type: 'string' } } })

  test('a response hook of a call sees the output', async () => {
    const outputs: unknown[] = []
    const model = structured(simulated([{ text: '{"title":"Dune"}' }]).cohere, book)
    await middleware(model, { response: ({ output }) => void outputs.push(output) }).call('Recommend a book')
    expect(outputs).toEqual([{ title: 'Dune' }])
  })

  // It is made when somebody asks for it, which may take further requests.
  test('that of a stream sees what the output is made of', async () => {
    const contents: string[] = []
    const model = structured(simulated([{ text: '{"title":"Dune"}' }]).cohere, book)
    const hooked = middleware(model, { response: ({ content }) => void contents.push(content) })
    const { output } = await hooked.stream('Recommend a book').response()
    expect([contents, output]).toEqual([['{"title":"Dune"}'], { title: 'Dune' }])
  })
})

describe('the chunks of a stream', () => {
  const shout: MiddlewareHooks['chunk'] = (chunk) => {
    const deltas = chunk.deltas.map((delta) =>
      delta.type === 'text' ? { ...delta, text: delta.text.toUpperCase() } : delta,
    )
    return Object.assign(Object.create(Object.getPrototypeOf(chunk)), chunk, { deltas })
  }

  test.each([
    ['sync', shout],
    ['async', async (...args: Parameters<typeof shout>) => shout(...args)],
  ])('may be replaced, %s', async (_, chunk) => {
    const { cohere } = simulated()
    const whole = (await cohere.call('Recommend a book')).content
    const stream = middleware(cohere, { chunk }).stream('Recommend a book')
    expect((await Array.fromAsync(stream.text())).join('')).toBe(whole.toUpperCase())
    expect((await stream.response()).content).toBe(whole.toUpperCase())
  })

  test('what the hook throws closes the connection', async () => {
    for (const chunk of [fail, async () => fail()]) {
      const { simulator, cohere } = simulated([{ deltas: Array<string>(2_000).fill(' word'), chunking: 'event' }])
      const stream = middleware(cohere, { chunk }).stream('Hi')
      await expect(Array.fromAsync(stream)).rejects.toBe(mine)
      await expect(stream.response()).rejects.toBe(mine)
      expect(await simulator.requests[0]?.finished).toBe('cancelled')
    }
  })

  test('the answer of a request hook is one chunk', async () => {
    const { cohere } = simulated()
    const known = await cohere.call('Recommend a book')
    const stream = middleware(cohere, { request: () => ({ response: known }) }).stream('Hi')
    const chunks = (await Array.fromAsync(stream)).map(([chunk]) => chunk)
    expect(chunks).toEqual([expect.any(AnswerChunk)])
    expect(chunks[0]?.content).toBe(known.content)
  })

  test('a recovery in the middle is a hand-off', async () => {
    const reserve = await simulated().cohere.call('Hi')
    const model = middleware(simulated([{ truncateAfterBytes: 900 }]).cohere, { error: () => ({ response: reserve }) })
    const chunks = (await Array.fromAsync(model.stream('Recommend a book'))).map(([chunk]) => chunk)
    expect(chunks.slice(-2)).toEqual([expect.any(HandOffChunk), expect.any(AnswerChunk)])
    await expect(Array.fromAsync(model.stream('Recommend a book').text())).rejects.toMatchObject({ code: 'truncated' })
  })
})

describe('the end of a stream', () => {
  test('is told once after a break, with what had arrived', async () => {
    const finish = vi.fn()
    const stream = middleware(simulated().cohere, { finish }).stream('Recommend a book')
    for await (const [chunk] of stream) if (chunk.content) break
    expect(finish).toHaveBeenCalledOnce()
    const [end] = finish.mock.calls[0] ?? []
    expect(end).toMatchObject({
      outcome: 'aborted',
      error: { code: 'aborted' },
      timings: { totalMs: expect.any(Number) },
    })
    expect(end.partial.content).not.toBe('')
  })

  test('is told once where it is read in a loop, and nobody asks for the response', async () => {
    const finish = vi.fn()
    for await (const _ of middleware(simulated().cohere, { finish }).stream('Hi'));
    expect(finish).toHaveBeenCalledOnce()
  })

  test('is not told of a stream that was never read', () => {
    const finish = vi.fn()
    middleware(simulated().cohere, { finish }).stream('Hi').cancel()
    expect(finish).not.toHaveBeenCalled()
  })

  test('what the hook throws after a break comes out of the loop', async () => {
    const reading = async (): Promise<void> => {
      for await (const _ of middleware(simulated().cohere, { finish: fail }).stream('Hi')) break
    }
    await expect(reading()).rejects.toBe(mine)
  })
})

describe('override', () => {
  test('gives options, and the call has the last word, also with what is falsy', async () => {
    const { simulator, cohere } = simulated()
    const model = override(override(cohere, { temperature: 0.5, topK: 9, headers: { a: '1', b: '1' } }), { topK: 3 })
    await model.call('Hi', { temperature: 0, headers: { b: '2' } })
    await model.stream('Hi').response()
    expect(simulator.requests[0]).toMatchObject({ body: { temperature: 0, k: 3 }, headers: { a: '1', b: '2' } })
    expect(simulator.requests[1]?.body).toMatchObject({ temperature: 0.5, k: 3 })
  })

  test('a resumed response keeps them', async () => {
    const { simulator, cohere } = simulated()
    const response = await override(cohere, { temperature: 0.5 }).stream('Hi').response()
    await response.resume('And?')
    expect(simulator.requests[1]?.body).toMatchObject({ temperature: 0.5 })
  })
})

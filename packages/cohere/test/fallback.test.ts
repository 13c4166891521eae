import { createCohere } from '@interlingua/cohere'
import {
  defineCall,
  failedAttempts,
  fallback,
  type HandOff,
  HandOffChunk,
  InterlinguaError,
  isInterlinguaError,
  middleware,
  retry,
} from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'
import { eventsOf } from './answer.ts'
import { fetchOf, streamText } from './wire-bytes.ts'
import { noWait } from '@interlingua/wrappers-test'

const usage = { billed_units: { input_tokens: 10, output_tokens: 20 }, tokens: { input_tokens: 70, output_tokens: 20 } }
const bytes = (text: string): Uint8Array =>
  new TextEncoder().encode(
    streamText(
      eventsOf(
        {
          id: text,
          finish_reason: 'COMPLETE',
          message: { role: 'assistant', content: [{ type: 'text', text }] },
          usage,
        },
        3,
      ),
    ),
  )

const first = 'Read “Dune”.'
const second = 'Try “Emma”!'
const [from, to] = ['command-a-03-2025', 'command-r-08-2024'] as const
const modelOf = (fetch: typeof globalThis.fetch, id: typeof from | typeof to = from) =>
  createCohere({ apiKey: 'key', fetch, retry: false })(id)

/** What a reader has who heeds hand-offs. */
async function read(stream: AsyncIterable<[{ readonly content: string }, unknown]>) {
  let text = ''
  let handOffs = 0
  for await (const [chunk] of stream) {
    if (chunk instanceof HandOffChunk) {
      text = ''
      handOffs += 1
    }
    text += chunk.content
  }
  return { text, handOffs }
}

describe('the first stream is cut after any byte', () => {
  const whole = bytes(first)
  const reserve = modelOf(fetchOf([bytes(second)]), to)
  const complete = whole.length - 'data: [DONE]\n\n'.length - '\n\n'.length
  const lengths = Array.from(whole.keys())
  const cutAt = (length: number) => fallback([modelOf(fetchOf([whole.subarray(0, length)])), reserve])

  test('the response, the partial one and the chunks are those of one model alone', async () => {
    for (const length of lengths) {
      const stream = cutAt(length).stream('Hi')
      const { text, handOffs } = await read(stream)
      const response = await stream.response()
      const answered = length >= complete ? first : second
      expect({ text, content: response.content, partial: stream.partial.content }, `cut after ${length}`).toEqual({
        text: answered,
        content: answered,
        partial: answered,
      })
      expect(handOffs).toBe(length >= complete ? 0 : 1)
      expect(response).toMatchObject({
        id: answered,
        model: length >= complete ? from : to,
        finishReason: { unified: 'stop' },
      })
      expect(failedAttempts(response)).toHaveLength(handOffs)
      expect(response.warnings).toHaveLength(handOffs)
    }
  })

  test('text() never repeats anything: it goes on where it has given nothing, else it throws', async () => {
    for (const length of lengths) {
      const stream = cutAt(length).stream('Hi')
      let text = ''
      const reading = async (): Promise<unknown> => {
        for await (const piece of stream.text()) text += piece
        return 'complete'
      }
      const outcome = await reading().catch((error: unknown) => error)
      if (outcome === 'complete') {
        expect(text).toBe(length >= complete ? first : second)
        continue
      }
      expect(text, `cut after ${length}`).not.toBe('')
      expect(first.startsWith(text)).toBe(true)
      expect(outcome).toMatchObject({ code: 'truncated', model: from, partial: { content: text } })
      expect(stream.partial.content).toBe(text)
      await expect(stream.response()).rejects.toBe(outcome)
    }
  })

  test('response() alone is never without an answer', async () => {
    for (const length of lengths) {
      const { content } = await cutAt(length).stream('Hi').response()
      expect(content).toBe(length >= complete ? first : second)
    }
  })

  test('with `midStream: "throw"` nothing is asked again once something has arrived', async () => {
    const reserved = vi.fn(fetchOf([bytes(second)]))
    const cut = modelOf(fetchOf([whole.subarray(0, complete - 1)]))
    const model = fallback([cut, modelOf(reserved, to)], { midStream: 'throw' })
    const error = await model
      .stream('Hi')
      .response()
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'truncated', partial: { content: first } })
    expect(reserved).not.toHaveBeenCalled()
  })
})

describe('the hand-off', () => {
  const failing = (script: Script) => modelOf(createSimulator({ scripts: [script] }).fetch)

  test('is a chunk and a delta that say from whom, to whom, and why', async () => {
    const heard: HandOff[] = []
    const model = fallback([failing({ destroyAfterBytes: 900 }), modelOf(fetchOf([bytes(second)]), to)], {
      onHandOff: (handOff) => void heard.push(handOff),
    })
    const deltas = await Array.fromAsync(model.stream('Hi').deltas())
    const handOff = deltas.find(({ type }) => type === 'hand-off')
    expect(handOff).toMatchObject({
      from: { provider: 'cohere', model: from },
      to: { provider: 'cohere', model: to },
      error: { code: 'connection' },
    })
    expect(heard).toEqual([handOff])
  })

  test('comes too where the first model does not even begin', async () => {
    const stream = fallback([failing({ status: 503 }), modelOf(fetchOf([bytes(second)]), to)]).stream('Hi')
    const chunks = (await Array.fromAsync(stream)).map(([chunk]) => chunk)
    expect(chunks[0]).toBeInstanceOf(HandOffChunk)
    expect(chunks[0]?.event).toMatchObject({ type: 'hand-off', error: { status: 503 } })
    expect((await stream.response()).content).toBe(second)
  })

  test('a failure that the provider reports inside its answer counts, with its usage and its cost', async () => {
    const failed = [
      ...eventsOf(
        {
          id: 'x',
          finish_reason: 'COMPLETE',
          message: { role: 'assistant', content: [{ type: 'text', text: first }] },
        },
        3,
      ).slice(0, -1),
      { type: 'message-end', delta: { finish_reason: 'ERROR', usage, error: 'no luck' } },
    ]
    const [a, b] = [modelOf(fetchOf(streamText(failed))), modelOf(fetchOf([bytes(second)]), to)]
    const response = await fallback([a, b]).stream('Hi').response()
    const alone = await b.stream('Hi').response()
    expect(response.content).toBe(second)
    expect(response.usage).toEqual({
      inputTokens: 140,
      outputTokens: 40,
      billed: { inputTokens: 20, outputTokens: 40 },
    })
    const [attempt] = failedAttempts(response)
    expect(attempt).toMatchObject({ model: from, usage: { inputTokens: 70, outputTokens: 20 } })
    expect(response.cost?.nanoUsd).toBe((alone.cost?.nanoUsd ?? NaN) + (attempt?.cost?.nanoUsd ?? NaN))
    expect(response.cost?.items).toHaveLength(4)
    expect(response.warnings).toEqual([{ code: 'failed_attempt', message: expect.stringContaining('no luck') }])
  })

  test('what is not known of a cut stream is said not to be counted', async () => {
    const cut = modelOf(fetchOf([bytes(first).subarray(0, 700)]))
    const response = await fallback([cut, modelOf(fetchOf([bytes(second)]), to)])
      .stream('Hi')
      .response()
    expect(response.usage.billed).toEqual({ inputTokens: 10, outputTokens: 20 })
    expect(response.warnings[0]?.message).toContain('not counted')
  })

  test('a call falls back as well, and says so', async () => {
    const onHandOff = vi.fn()
    const reserve = modelOf(createSimulator().fetch, to)
    const response = await fallback([failing({ status: 401 }), failing({ status: 500 }), reserve], { onHandOff }).call(
      'Hi',
    )
    expect(response).toMatchObject({ provider: 'cohere', model: to })
    expect(failedAttempts(response).map(({ error }) => error.status)).toEqual([401, 500])
    expect(response.warnings.map(({ code }) => code)).toEqual(['failed_attempt', 'failed_attempt'])
    expect(onHandOff).toHaveBeenCalledTimes(2)
  })

  test('a resumed response stays with the model that gave it', async () => {
    const down = createSimulator({ scripts: [{ status: 500 }] })
    const up = createSimulator()
    const model = fallback([modelOf(down.fetch), modelOf(up.fetch, to)])
    const response = await model.stream('Recommend a book').response()
    const next = await response.resume('Another one')
    expect(next.model).toBe(to)
    expect([down.requests.length, up.requests.length]).toEqual([1, 2])
  })
})

describe('who is not asked', () => {
  const broken = modelOf(createSimulator({ scripts: [{ status: 400 }] }).fetch)

  test('`when` decides', async () => {
    const up = createSimulator()
    const model = fallback([broken, modelOf(up.fetch)], { when: ({ retryable }) => retryable })
    await expect(model.call('Hi')).rejects.toMatchObject({ status: 400 })
    await expect(model.stream('Hi').response()).rejects.toMatchObject({ status: 400 })
    expect(up.requests).toHaveLength(0)
  })

  test('a stop by the caller is no failure, also between two models', async () => {
    const up = createSimulator()
    const stop = new AbortController()
    const model = fallback([broken, modelOf(up.fetch)], { onHandOff: () => stop.abort() })
    await expect(model.stream('Hi', { signal: stop.signal }).response()).rejects.toMatchObject({ code: 'aborted' })
    expect(up.requests).toHaveLength(0)
  })

  test('where all fail, the last error is thrown, and knows the others', async () => {
    const other = modelOf(createSimulator({ scripts: [{ status: 503 }] }).fetch)
    for (const ask of [
      () => fallback([broken, other]).call('Hi'),
      () => fallback([broken, other]).stream('Hi').response(),
    ]) {
      const error = await ask().catch((reason: unknown) => reason)
      expect(error).toMatchObject({ status: 503 })
      expect(isInterlinguaError(error) && failedAttempts(error).map((attempt) => attempt.error.status)).toEqual([400])
    }
  })

  test('what a function of the caller throws is thrown as it is', async () => {
    const mine = new TypeError('mine')
    const options = {
      onHandOff: () => {
        throw mine
      },
    }
    const model = fallback([broken, modelOf(createSimulator().fetch)], options)
    await expect(model.call('Hi')).rejects.toBe(mine)
    await expect(model.stream('Hi').response()).rejects.toBe(mine)
  })

  test('a list without a model is refused', () => {
    const none: string[] = []
    expect(() => Reflect.apply(fallback, undefined, [none])).toThrow(InterlinguaError)
  })
})

test('each model may have retries and hooks of its own', async () => {
  const down = createSimulator({ scripts: [{ status: 503 }] })
  const finish = vi.fn()
  const model = fallback([
    middleware(retry(modelOf(down.fetch), { attempts: 2, wait: noWait }), { finish }),
    modelOf(createSimulator().fetch, to),
  ])
  for (const ask of [() => model.call('Hi'), () => model.stream('Hi').response()]) {
    expect(await ask()).toMatchObject({ model: to })
  }
  expect(down.requests).toHaveLength(4)
  expect(finish.mock.calls.map(([{ outcome }]) => outcome)).toEqual(['failed', 'failed'])
})

test('after a hand-off the socket of the second model closes on break', async () => {
  const up = createSimulator({ scripts: [{ deltas: Array<string>(2_000).fill(' word'), chunking: 'event' }] })
  const stream = fallback([modelOf(fetchOf([bytes(first).subarray(0, 700)])), modelOf(up.fetch, to)]).stream('Hi')
  for await (const [chunk] of stream) if (chunk.content === ' word') break
  expect(await up.requests[0]?.finished).toBe('cancelled')
  await expect(stream.response()).rejects.toMatchObject({ code: 'aborted', model: to, partial: { content: ' word' } })
})

test('a text loop that asks for the response meanwhile sees no second answer either', async () => {
  const stream = fallback([
    modelOf(fetchOf([bytes(first).subarray(0, 700)])),
    modelOf(fetchOf([bytes(second)]), to),
  ]).stream('Hi')
  let text = ''
  const reading = async (): Promise<void> => {
    for await (const piece of stream.text()) {
      if (text === '') await stream.response()
      text += piece
    }
  }
  await expect(reading()).rejects.toMatchObject({ code: 'truncated' })
  expect(first.startsWith(text)).toBe(true)
})

test('a call can be defined over it', async () => {
  const model = fallback([
    modelOf(createSimulator({ scripts: [{ status: 500 }] }).fetch),
    modelOf(createSimulator().fetch),
  ])
  const recommend = defineCall({ model, prompt: (genre: string) => `Recommend a ${genre} book`, safetyMode: 'STRICT' })
  expect((await recommend('fantasy')).content).not.toBe('')
})

import { isInterlinguaError } from '@interlingua/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mutated, randomOf } from '../src/mutation.ts'
import { recordedStreams } from '../src/recorded.ts'
import { targets } from '../src/target.ts'
import { wireOf } from '../src/wire.ts'

/** How often, for each target and each kind of bytes. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 300)

// Over one way to the server: the bytes are handed in, and whichever way brings them hands them on as they are.
const decoders = targets.filter(({ name }) => name.includes('built-in'))

describe.each(decoders)('$name: whatever comes, there are chunks and then one outcome', (target) => {
  const wire = wireOf(target)

  async function outcomeOf(bytes: Uint8Array, random: () => number): Promise<void> {
    const reads: Uint8Array[] = []
    for (let at = 0; at < bytes.length;) {
      const length = 1 + Math.floor(random() * 200)
      reads.push(bytes.subarray(at, at + length))
      at += length
    }
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = reads.shift()
        if (next) controller.enqueue(next)
        else controller.close()
      },
    })
    const fetch = async () => new Response(body, { headers: { 'content-type': wire.type } })
    const model = target.createModel({ apiKey: 'a-key-for-tests', baseURL: 'http://127.0.0.1:9', fetch, retry: false })
    const stream = model.stream('Hi')
    const iterator = stream[Symbol.asyncIterator]()
    let failure: unknown
    try {
      while (!(await iterator.next()).done);
    } catch (error) {
      failure = error
    }
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    if (failure === undefined) {
      // Cohere's v1 says that an answer has ended by an event of its own, whose reason may be what was damaged.
      const { finishReason } = await stream.response()
      const saysEnd = target.framing === 'lines' && new TextDecoder().decode(bytes).includes('"stream-end"')
      if (!saysEnd) expect(finishReason.unified).not.toBe('unknown')
      return
    }
    expect(failure).toSatisfy(isInterlinguaError)
    await expect(stream.response()).rejects.toBe(failure)
    expect(['protocol', 'truncated', 'server', 'timeout']).toContain(isInterlinguaError(failure) && failure.code)
  }

  test('any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.integer(), (bytes, seed) =>
        outcomeOf(bytes, randomOf(seed)),
      ),
      { numRuns: runs },
    )
  })

  const kinds = {
    'scripted streams': [wire.good, wire.tools(['{"city":', '"Rome"}'], [''])],
    'recorded streams': recordedStreams(target),
  }
  for (const [kind, samples] of Object.entries(kinds)) {
    test.skipIf(samples.length === 0)(`${kind} that were damaged`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(samples.length - 1), fc.integer(), (index, seed) => {
          const random = randomOf(seed)
          return outcomeOf(mutated(samples[index] ?? new Uint8Array(), random), random)
        }),
        { numRuns: runs },
      )
    })
  }
})

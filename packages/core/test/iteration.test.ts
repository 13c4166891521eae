import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlinguaError } from '../src/error.ts'
import { Iteration, type StepSource } from '../src/iteration.ts'

/** Steps that arrive in reads of the given sizes; each read takes a turn of the event loop. */
function sourceOf(
  reads: readonly (readonly number[])[],
  error?: InterlinguaError,
): StepSource<number> & { stops: number } {
  const left = [...reads]
  let here: number[] = []
  const source = {
    stops: 0,
    take: () => here.shift(),
    more: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      here.push(...(left.shift() ?? []))
    },
    hasEnded: () => left.length === 0 && here.length === 0,
    failure: () => error && { error },
    stop: async () => {
      source.stops++
      here = []
      left.length = 0
    },
  }
  return source
}

const all = async (iteration: AsyncIterableIterator<number, undefined>) => Array.fromAsync(iteration)

test('gives each value of each step, and skips steps that have none', async () => {
  const iteration = new Iteration(sourceOf([[1, 2], [], [3]]), (step) => (step === 2 ? [] : [step, step * 10]))
  expect(await all(iteration)).toEqual([1, 10, 3, 30])
})

test('overlapping calls of next are served in the order in which they came, however the steps arrive', async () => {
  const reads = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      reads,
      fc.array(fc.nat({ max: 4 }), { minLength: 12, maxLength: 20 }),
      async (arriving, pauses) => {
        const steps = arriving.flat()
        const iteration = new Iteration(sourceOf(arriving), (step) => [step])
        const results: Promise<IteratorResult<number, undefined>>[] = []
        for (const pause of pauses) {
          results.push(iteration.next())
          for (let turn = 0; turn < pause; turn++) await Promise.resolve()
        }
        const values = (await Promise.all(results)).flatMap((result) => (result.done ? [] : [result.value]))
        expect(values).toEqual(steps.slice(0, pauses.length))
      },
    ),
  )
})

test('an error reaches the first reader who waits, and those behind see the end', async () => {
  const error = new InterlinguaError({ code: 'truncated', message: 'cut' })
  const iteration = new Iteration(sourceOf([[1]], error), (step) => [step])
  const results = await Promise.allSettled([iteration.next(), iteration.next(), iteration.next()])
  expect(results).toMatchObject([
    { status: 'fulfilled', value: { done: false, value: 1 } },
    { status: 'rejected', reason: error },
    { status: 'fulfilled', value: { done: true } },
  ])
})

describe('return', () => {
  test('stops the source at once, also while a call of next waits, and nothing more is given', async () => {
    const source = sourceOf([[1], [2]])
    const iteration = new Iteration(source, (step) => [step, step])
    expect(await iteration.next()).toEqual({ done: false, value: 1 })
    const waiting = iteration.next().then(() => iteration.next())
    expect(await iteration.return()).toEqual({ done: true, value: undefined })
    expect(source.stops).toBe(1)
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(await iteration.next()).toEqual({ done: true, value: undefined })
  })
})

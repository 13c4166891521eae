import fc from 'fast-check'
import { runConcurrently } from '@interlingua/core'
import { expect, test } from 'vitest'

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

test('results are in the order of the items, and no more run at a time than may', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), async (waits, limit) => {
      let open = 0
      let most = 0
      const results = await runConcurrently(waits, { maxConcurrency: limit }, async (wait) => {
        most = Math.max(most, ++open)
        await pause(wait)
        open--
        return `waited ${wait}`
      })
      expect(results).toEqual(waits.map((wait) => `waited ${wait}`))
      expect(most).toBe(Math.min(limit, waits.length))
    }),
    { numRuns: 30 },
  )
})

test('the first failure stops the others, is waited out, and is thrown', async () => {
  const begun: number[] = []
  const stopped: number[] = []
  const first = new Error('first')
  const run = async (item: number, signal: AbortSignal): Promise<void> => {
    begun.push(item)
    if (item === 1) {
      await pause(1)
      throw first
    }
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    await pause(5)
    stopped.push(item)
    throw new Error('stopped')
  }
  await expect(runConcurrently([0, 1, 2, 3, 4], { maxConcurrency: 3 }, run)).rejects.toBe(first)
  expect(begun).toEqual([0, 1, 2])
  expect(stopped).toEqual([0, 2])
})

test('follows the caller’s signal, and lets go of it', async () => {
  const controller = new AbortController()
  const listeners: string[] = []
  const { signal } = controller
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners.push(args[0])
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners.pop()
    remove(...args)
  }
  const options = { maxConcurrency: 2, signal }
  expect(await runConcurrently([1, 2, 3], options, async (item) => item)).toEqual([1, 2, 3])
  expect(listeners).toEqual([])
  const run = (item: number, own: AbortSignal) =>
    new Promise<number>((_, reject) => own.addEventListener('abort', () => reject(own.reason)))
  const running = runConcurrently([1, 2, 3], options, run)
  controller.abort('enough')
  await expect(running).rejects.toBe('enough')
})

import { Cancellation } from './cancellation.ts'

/**
 * Runs a task for each item, so many of them at a time, and gives the results in the order of the items. The first failure
 * aborts the signal of the others, is waited out, and is thrown; tasks that have not begun never do.
 */
export async function runConcurrently<Item, Result>(
  items: readonly Item[],
  options: { readonly maxConcurrency: number; readonly signal?: AbortSignal | undefined },
  run: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const cancellation = new Cancellation(options.signal)
  const results: Result[] = []
  // One iterator for all workers: each takes the next item when it is done with its last.
  const queue = items.entries()
  const failures: unknown[] = []
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return
      try {
        results[index] = await run(item, cancellation.signal)
      } catch (error) {
        failures.push(error)
        cancellation.abort(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(options.maxConcurrency, items.length) }, work))
  cancellation.release()
  if (failures.length > 0) throw failures[0]
  return results
}

import type { Connected } from './answer.ts'
import type { Job, Measured } from './worker.ts'

/** How far memory grows: while a consumer sleeps that has had its first piece, or by what is held after an answer was read. */
export async function memoryFigures(connection: Connected, { what }: Job): Promise<Measured> {
  globalThis.gc?.()
  const before = process.memoryUsage()
  const start = performance.now()
  let peak = before.rss
  if (what === 'slow') {
    // The thread does nothing for a while each time it gets to see a piece: everything else goes on only between the pieces.
    let first: (() => void) | undefined
    const begun = new Promise<void>((resolve) => (first = resolve))
    const reading = connection.stream(first).catch(() => undefined)
    await begun
    const until = performance.now() + 1_500
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      peak = Math.max(peak, process.memoryUsage.rss())
    }
    void reading
  } else {
    await connection.stream()
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
    globalThis.gc?.()
    peak = process.memoryUsage.rss()
  }
  const after = process.memoryUsage()
  return {
    wallMs: performance.now() - start,
    cpuMs: 0,
    firstMs: 0,
    rssMB: (peak - before.rss) / 1e6,
    heapMB: (after.heapUsed + after.external - before.heapUsed - before.external) / 1e6,
  }
}

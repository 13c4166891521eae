const rounds = 9

/** What one reading took of the processor, and what has to be kept of it. */
export interface Reading {
  readonly ms: number
  readonly kept: unknown
}

/** The time that all threads of the process have had of a processor, which other processes do not add to. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Compares readings of 100 kB and of 1 MB: medians of rounds in which both take turns, after as much warm-up for one as for
 * the other. Beside them stand ten readings of 100 kB whose results are all kept, so that the garbage collector has as much to
 * carry as with one of 1 MB: what is more than that is the fault of the code, or of the engine where rows without the code
 * have it too.
 */
export async function compare(read: (length: number) => Reading | Promise<Reading>): Promise<string> {
  const small: number[] = []
  const tens: number[] = []
  const large: number[] = []
  for (let round = -3; round < rounds; round++) {
    const kept: Reading[] = []
    for (let count = 0; count < 10; count++) kept.push(await read(1e5))
    const whole = await read(1e6)
    if (round < 0) continue
    const times = kept.map(({ ms }) => ms)
    small.push(median(times))
    tens.push(times.reduce((sum, ms) => sum + ms, 0))
    large.push(whole.ms)
  }
  const [one, ten, million] = [median(small), median(tens), median(large)]
  const columns = [one, ten, million].map((ms) => `${ms.toFixed(2)} ms`.padStart(12)).join('')
  return `${columns}   1 MB : 100 kB = ${(million / one).toFixed(1)}   1 MB : ten of 100 kB = ${(million / ten).toFixed(2)}`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

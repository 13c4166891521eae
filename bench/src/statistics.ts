/** What was measured in several rounds. */
export interface Samples {
  readonly median: number
  readonly min: number
  readonly max: number
}

export function samplesOf(values: readonly number[]): Samples {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN }
}

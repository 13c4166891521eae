/** What was measured in several rounds. */
export interface Samples {
  readonly median: number
  readonly min: number
  readonly max: number
  /** The middle half of the values lies between these. */
  readonly low: number
  readonly high: number
}

export function samplesOf(values: readonly number[]): Samples {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
  const at = (part: number): number => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN
  return { median, min: at(0), max: at(1), low: at(0.25), high: at(0.75) }
}

import type { Delta } from './delta.ts'
import type { JsonPath } from './growing-value.ts'

/** A value that an output has at some moment. */
export interface OutputState {
  readonly value: unknown
}

/** Reads the output of an answer while it grows. */
export interface OutputReader {
  /** Reads on. The value so far, where these deltas changed it; it does not change any more. */
  read(deltas: readonly Delta[]): OutputState | undefined
  /** The last value, once the answer is complete, where it is not the one that was read last. */
  last(): OutputState | undefined
  /** Whether the value at a path is whole. */
  isFinal(path: JsonPath): boolean
}

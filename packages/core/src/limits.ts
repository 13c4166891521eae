import { InterlinguaError } from './error.ts'
import { readPositive } from './positive-numbers.ts'

/** How much a server may send, in UTF-16 code units. More is an error of code `protocol`, and is not read. */
export interface Limits {
  /** One event of a stream. Default: 16,777,216. */
  readonly eventCharacters?: number | undefined
  /** Everything that is sent in answer to one request. Default: 67,108,864 for a whole answer, 268,435,456 for a stream. */
  readonly responseCharacters?: number | undefined
}

/**
 * Checks limits.
 *
 * @throws {InterlinguaError} of code `invalid_request` where one is not a positive number.
 */
export function readLimits(limits: Limits | undefined): Limits {
  return readPositive(limits, 'limits', 'characters')
}

/** The error for what is too long. */
export function tooLong(what: string, limit: number, option: keyof Limits): InterlinguaError {
  const message = `${what} is longer than ${limit} characters, and was not read on. \`limits.${option}\` sets how long it may be.`
  return new InterlinguaError({ code: 'protocol', message })
}

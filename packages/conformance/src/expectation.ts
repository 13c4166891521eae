import { AssertionError } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import { type InterlinguaError, isInterlinguaError } from '@interlingua/core'

/** Fails with both values, so that a test runner can show how they differ. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return
  throw new AssertionError({
    message: `${what}: ${difference(actual, expected)}`,
    actual,
    expected,
    operator: 'deepStrictEqual',
  })
}

/** Fails unless every field of `expected` is in `actual`, however deep. Lists have to have the same length. */
export function expectMatch(actual: unknown, expected: unknown, what: string): void {
  const path = mismatch(actual, expected, '')
  if (path === undefined) return
  const message = `${what}: ${path === '' ? 'it' : path} differs: ${difference(actual, expected)}`
  throw new AssertionError({ message, actual, expected, operator: 'match' })
}

/** Fails with a sentence. */
export function expectTrue(value: boolean, what: string): asserts value {
  if (!value) throw new AssertionError({ message: what, actual: value, expected: true, operator: '==' })
}

/** The error that a promise rejects with. Fails where it does not reject, or with another kind of error. */
export async function expectError(
  promise: Promise<unknown> | (() => Promise<unknown>),
  what: string,
): Promise<InterlinguaError> {
  const outcome = await (typeof promise === 'function' ? promise() : promise).then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  )
  expectTrue('error' in outcome, `${what}: it ended as if nothing had happened`)
  const { error } = outcome
  expectTrue(isInterlinguaError(error), `${what}: threw something that is no InterlinguaError: ${String(error)}`)
  return error
}

/** Whether `expected` is somewhere inside of `whole`. */
export function holds(whole: unknown, expected: unknown): boolean {
  if (mismatch(whole, expected, '') === undefined) return true
  return typeof whole === 'object' && whole !== null && Object.values(whole).some((value) => holds(value, expected))
}

function mismatch(actual: unknown, expected: unknown, path: string): string | undefined {
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected) ? undefined : path
  if (typeof actual !== 'object' || actual === null) return path
  if (Array.isArray(expected) && !(Array.isArray(actual) && actual.length === expected.length)) return path
  for (const [key, value] of Object.entries(expected)) {
    const found = mismatch(Reflect.get(actual, key), value, `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

function difference(actual: unknown, expected: unknown): string {
  return `got ${shown(actual)}, expected ${shown(expected)}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}

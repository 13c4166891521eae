import { type InterlinguaError, isInterlinguaError } from '@interlingua/core'

/** The error that an answer comes to. */
export async function failureOf(promise: Promise<unknown>): Promise<InterlinguaError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (isInterlinguaError(error)) return error
  throw new TypeError('expected an error')
}

import { detailsOf, InterlinguaError } from './error.ts'

/** The error of one request among several, with the inputs that it was about. */
export function aboutBatch(
  error: unknown,
  { start, size }: { readonly start: number; readonly size: number },
  count: number,
): unknown {
  // A call that was stopped is not about any of its inputs.
  if (!(error instanceof InterlinguaError) || error.code === 'aborted') return error
  const last = start + size - 1
  return new InterlinguaError({
    ...detailsOf(error),
    field: error.field ?? `inputs[${start}..${last}]`,
    message: `${error.message} The request was for inputs ${start} to ${last} of ${count}.`,
  })
}

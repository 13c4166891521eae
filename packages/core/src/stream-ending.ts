import type { ErrorDetails } from './error.ts'
import type { ProviderTypes } from './types.ts'

/** How a stream came to its end: with its response, or with an error and what had arrived by then. */
export type StreamEnding<T extends ProviderTypes = ProviderTypes> =
  | { readonly response: T['Response'] }
  | { readonly error: unknown; readonly partial: T['Response'] }

/** What is told of a stream that failed in a way that nobody foresaw. */
export function unreadable(cause: unknown): ErrorDetails {
  return { code: 'protocol', message: 'the stream could not be read. What had arrived is in `partial`.', cause }
}

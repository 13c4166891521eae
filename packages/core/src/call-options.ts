import type { CallOptions, ProviderTypes } from './types.ts'
import { withoutUndefined } from './without-undefined.ts'

/** What core does with a call, apart from what is for the provider. */
export function splitOptions<T extends ProviderTypes>(
  options: CallOptions<T> | undefined,
): { readonly config: T['Config']; readonly params: T['Params'] } {
  if (options === undefined) return { config: {}, params: {} }
  const {
    signal,
    headers,
    timeout,
    retry,
    tools,
    toolChoice,
    partialTools,
    onUnsupported,
    metadata,
    ...params
  }: CallOptions<ProviderTypes> = options
  return {
    config: withoutUndefined({
      signal,
      headers,
      timeout,
      retry,
      tools,
      toolChoice,
      partialTools,
      onUnsupported,
      metadata,
    }),
    params,
  }
}

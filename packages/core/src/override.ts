import { setContinuation } from './continuation.ts'
import { dynamicModel } from './dynamic-model.ts'
import type { Model } from './model.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import { withoutUndefined } from './without-undefined.ts'

/**
 * A model with options that every call has unless it says otherwise. `headers` are merged by name; every other option of a
 * call replaces the one that is given here.
 *
 * ```ts
 * const precise = override(cohere('command-a-03-2025'), { temperature: 0 })
 * ```
 */
export function override<T extends ProviderTypes>(model: Model<T>, options: CallOptions<T>): Model<T>
export function override(model: Model, defaults: CallOptions<ProviderTypes>): Model {
  const merge = (options: CallOptions<ProviderTypes> = {}): CallOptions<ProviderTypes> => {
    const headers = { ...defaults.headers, ...options.headers }
    const merged = { ...defaults, ...withoutUndefined(options) }
    return Object.keys(headers).length > 0 ? { ...merged, headers } : merged
  }
  const wrapped: Model = dynamicModel({
    ...model,
    call: async (prompt, options) => {
      const response = await model.call(prompt, merge(options))
      setContinuation(response, { model: wrapped, options: options ?? {} })
      return response
    },
    stream: (prompt, options) => model.stream(prompt, merge(options)),
    explain: (prompt, options, how) => model.explain(prompt, merge(options), how),
  })
  return wrapped
}

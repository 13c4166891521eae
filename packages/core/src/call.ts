import type { Model } from './model.ts'
import type { PromptContent } from './prompt.ts'
import type { CallOptions, ProviderTypes, StreamOf } from './types.ts'

/** What a call is made of: a model, a prompt, and the configuration and parameters that it always uses. */
export type CallDefinition<Args extends readonly unknown[], T extends ProviderTypes> = CallOptions<T> & {
  readonly model: Model<T>
  /** Makes the prompt of the call's arguments. May be async. */
  readonly prompt: (...args: Args) => PromptContent<T> | PromiseLike<PromptContent<T>>
}

/** A prompt bound to a model, as a function. */
export interface Call<Args extends readonly unknown[], T extends ProviderTypes> {
  /** Asks for a whole answer. */
  (...args: Args): Promise<T['Response']>
  /** Asks for an answer as it is generated. Returns at once: the request is sent when the stream is first read. */
  stream(...args: Args): StreamOf<T>
  /** The same call with other options, or with another model. The call itself stays as it is. */
  with(options: CallOptions<T>): Call<Args, T>
  with<Other extends ProviderTypes>(options: CallOptions<Other> & { readonly model: Model<Other> }): Call<Args, Other>
}

/**
 * Binds a prompt to a model. The arguments of the call are those of the prompt function.
 *
 * ```ts
 * const recommendBook = defineCall({
 *   model: cohere('command-a-03-2025'),
 *   prompt: (genre: string) => `Recommend a ${genre} book`,
 * })
 * const response = await recommendBook('fantasy')
 * for await (const [chunk] of recommendBook.stream('fantasy')) process.stdout.write(chunk.content)
 * ```
 */
export function defineCall<Args extends readonly unknown[], T extends ProviderTypes>(
  definition: CallDefinition<Args, T>,
): Call<Args, T>
export function defineCall(definition: CallDefinition<unknown[], ProviderTypes>): Call<unknown[], ProviderTypes> {
  const { model, prompt, ...options } = definition
  return Object.assign((...args: unknown[]) => model.call(() => prompt(...args), options), {
    stream: (...args: unknown[]) => model.stream(() => prompt(...args), options),
    with: (changes: Partial<CallDefinition<unknown[], ProviderTypes>>) => defineCall({ ...definition, ...changes }),
  })
}

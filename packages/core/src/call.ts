import type { ContextOf } from './define-tool.ts'
import type { Model } from './model.ts'
import type { PromptContent } from './prompt.ts'
import type { RunArguments, RunOptions, RunResult } from './run.ts'
import { RunLoop } from './run-loop.ts'
import { RunStream } from './run-stream.ts'
import type { ToolDefinition } from './tool.ts'
import type { CallOptions, ProviderTypes, StreamOf } from './types.ts'

/** What a call is made of: a model, a prompt, and the configuration and parameters that it always uses. */
export type CallDefinition<
  Args extends readonly unknown[],
  T extends ProviderTypes,
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> = Omit<T['Config'], 'tools'> &
  T['Params'] & {
    readonly model: Model<T>
    /** Makes the prompt of the call's arguments. May be async. */
    readonly prompt: (...args: Args) => PromptContent<T> | PromiseLike<PromptContent<T>>
    /** Tools that the model may ask to be run. */
    readonly tools?: Tools
  }

/** A prompt bound to a model, as a function. `Context` is what its tools need. */
export interface Call<Args extends readonly unknown[], T extends ProviderTypes, Context = unknown> {
  /** Asks for a whole answer. */
  (...args: Args): Promise<T['Response']>
  /** Asks for an answer as it is generated. Returns at once: the request is sent when the stream is first read. */
  stream(...args: Args): StreamOf<T>
  /**
   * Asks, runs the tools that the model asks for, and asks again with their results, until it asks for none:
   * `await call.run(['fantasy'], { maxSteps: 5 })`. The context that the tools need is part of the options.
   *
   * @throws {InterlinguaError} where a step gives no answer, or the run is aborted; `error.run` is what it had come to.
   */
  run(args: Args, ...options: RunArguments<T, Context>): Promise<RunResult<T>>
  /** The same as `run`, as it happens. Returns at once: the first request is sent when the stream is first read. */
  runStream(args: Args, ...options: RunArguments<T, Context>): RunStream<T>
  /** The same call with other options, or with another model. The call itself stays as it is. */
  with<const Tools extends readonly ToolDefinition[]>(
    options: CallOptions<T> & { readonly tools: Tools },
  ): Call<Args, T, ContextOf<Tools[number]>>
  with(options: CallOptions<T>): Call<Args, T, Context>
  with<Other extends ProviderTypes>(
    options: CallOptions<Other> & { readonly model: Model<Other> },
  ): Call<Args, Other, Context>
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
export function defineCall<
  Args extends readonly unknown[],
  T extends ProviderTypes,
  const Tools extends readonly ToolDefinition[] = readonly [],
>(definition: CallDefinition<Args, T, Tools>): Call<Args, T, ContextOf<Tools[number]>>
export function defineCall(definition: CallDefinition<unknown[], ProviderTypes>): Call<unknown[], ProviderTypes> {
  const { model, prompt, ...callOptions } = definition
  const loop = (args: unknown[], options: RunOptions, isStreamed: boolean): RunLoop<ProviderTypes> =>
    new RunLoop({ model, prompt: () => prompt(...args), callOptions, options, isStreamed })
  return Object.assign((...args: unknown[]) => model.call(() => prompt(...args), callOptions), {
    stream: (...args: unknown[]) => model.stream(() => prompt(...args), callOptions),
    run: async (args: unknown[], options: RunOptions = {}) => new RunStream(loop(args, options, false)).result(),
    runStream: (args: unknown[], options: RunOptions = {}) => new RunStream(loop(args, options, true)),
    with: (changes: Partial<CallDefinition<unknown[], ProviderTypes>>) => defineCall({ ...definition, ...changes }),
  })
}

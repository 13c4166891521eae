import { setOrigin } from './call-record.ts'
import type { ContextOf } from './define-tool.ts'
import type { PromptResult } from './dynamic-config.ts'
import type { Explanation } from './explanation.ts'
import type { Model } from './model.ts'
import { type OutputOptions, structured } from './output-model.ts'
import type { StructuredTypes } from './output-response.ts'
import type { OutputSchema, TypeOf } from './output-schema.ts'
import { messagesOf, type PromptFunction } from './prompt.ts'
import type { RunArguments, RunOptions, RunResult } from './run.ts'
import { RunLoop } from './run-loop.ts'
import { RunStream } from './run-stream.ts'
import type { ContextualTypes } from './tool-context.ts'
import type { ToolDefinition } from './tool.ts'
import type { ProviderTypes, StreamOf } from './types.ts'

/** What a call may be given beside a prompt: a model, its parameters and the rest of its options. */
export type CallSettings<
  T extends ProviderTypes,
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
  Output extends OutputSchema = OutputSchema,
> = Omit<T['Config'], 'tools'> &
  T['Params'] & {
    readonly model?: Model<T>
    /** Tools that the model may ask to be run. */
    readonly tools?: Tools
    /** A schema of what the model is to answer: responses then have an `output`. See `structured`. */
    readonly output?: Output
    /** How to ask for the output, and whether to have it corrected. */
    readonly outputOptions?: OutputOptions
  }

/** What a call is made of: a model, a prompt, and the configuration and parameters that it always uses. */
export type CallDefinition<
  Args extends readonly unknown[],
  T extends ProviderTypes,
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
  Output extends OutputSchema = OutputSchema,
  Result extends PromptResult<T> = PromptResult<T>,
> = CallSettings<T, Tools, Output> & {
  readonly model: Model<T>
  /**
   * Makes the prompt of the call's arguments. May be async, and may say more than the conversation: see `DynamicConfig`.
   */
  readonly prompt: (...args: Args) => Result | PromiseLike<Result>
}

/** The types of a call: the model's, with the output that it asks for and the context that its tools need. */
export type CallTypes<T extends ProviderTypes, Context, Output> = unknown extends Context
  ? OutputTypes<T, Output>
  : ContextualTypes<OutputTypes<T, Output>, Context>

type OutputTypes<T extends ProviderTypes, Output> = [Output] extends [never] ? T : StructuredTypes<T, Output>

/** A prompt bound to a model, as a function. `Context` is what its tools need. */
export interface Call<Args extends readonly unknown[], T extends ProviderTypes, Context = unknown> extends BaseCall<
  Args,
  T,
  Context,
  never
> {}

/** A call that answers with values: its responses have an `output`. */
export interface StructuredCall<
  Args extends readonly unknown[],
  T extends ProviderTypes,
  Output,
  Context = unknown,
> extends BaseCall<Args, T, Context, Output> {}

/** The call with or without an output; `never` is none. */
export type CallOf<Args extends readonly unknown[], T extends ProviderTypes, Context, Output> = [Output] extends [never]
  ? Call<Args, T, Context>
  : StructuredCall<Args, T, Output, Context>

/** What all calls can do. */
export interface BaseCall<Args extends readonly unknown[], T extends ProviderTypes, Context, Output> {
  /** Asks for a whole answer. */
  (...args: Args): Promise<CallTypes<T, Context, Output>['Response']>
  /** Asks for an answer as it is generated. Returns at once: the request is sent when the stream is first read. */
  stream(...args: Args): StreamOf<CallTypes<T, Context, Output>>
  /**
   * Asks, runs the tools that the model asks for, and asks again with their results, until it asks for none:
   * `await call.run(['fantasy'], { maxSteps: 5 })`. The context that the tools need is part of the options.
   *
   * @throws {InterlinguaError} where a step gives no answer, or the run is aborted; `error.run` is what it had come to.
   */
  run(
    args: Args,
    ...options: RunArguments<CallTypes<T, Context, Output>, Context>
  ): Promise<RunResult<CallTypes<T, Context, Output>>>
  /** The same as `run`, as it happens. Returns at once: the first request is sent when the stream is first read. */
  runStream(
    args: Args,
    ...options: RunArguments<CallTypes<T, Context, Output>, Context>
  ): RunStream<CallTypes<T, Context, Output>>
  /**
   * The conversation that the prompt makes. Nothing is sent.
   *
   * @throws {InterlinguaError} of code `prompt` or `invalid_request` where it makes none.
   */
  messages(...args: Args): Promise<readonly T['Message'][]>
  /** The request that would be sent. Nothing is sent: see `Model.explain`. */
  readonly explain: ExplainCall<Args, T>
  /** The same call with other options, or with another model. The call itself stays as it is. */
  with<
    Other extends ProviderTypes = T,
    const Tools extends readonly ToolDefinition[] = never,
    Schema extends OutputSchema = never,
  >(
    settings: CallSettings<Other, Tools, Schema>,
  ): CallOf<
    Args,
    Other,
    [Tools] extends [never] ? Context : ContextOf<Tools[number]>,
    [Schema] extends [never] ? Output : TypeOf<Schema>
  >
}

/** Explains a call, or its stream: `call.explain('fantasy')`, `call.explain.stream('fantasy')`. */
export interface ExplainCall<Args extends readonly unknown[], T extends ProviderTypes> {
  (...args: Args): Promise<Explanation<T>>
  stream(...args: Args): Promise<Explanation<T>>
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
 *
 * @throws {InterlinguaError} of code `invalid_request` where no JSON Schema can be made of `output`.
 */
export function defineCall<
  Args extends readonly unknown[],
  T extends ProviderTypes,
  const Tools extends readonly ToolDefinition[] = readonly [],
  Schema extends OutputSchema = never,
  const Result extends PromptResult<T> = PromptResult<T>,
>(
  definition: CallDefinition<Args, T, Tools, Schema, Result>,
): CallOf<Args, T, ContextOf<Tools[number]>, OutputOfCall<Schema>>
export function defineCall(definition: CallDefinition<unknown[], ProviderTypes>): object {
  const { model: given, prompt, output, outputOptions, ...callOptions } = definition
  const shaped = (model: Model): Model => (output ? structured(model, output, outputOptions) : model)
  const model = shaped(given)
  const { template } = prompt as { readonly template?: string }
  const promptOf = (args: unknown[]): PromptFunction => {
    const make = (): ReturnType<typeof prompt> => prompt(...args)
    return setOrigin(output ? async () => withModelOf(await make(), shaped) : make, {
      ...(template !== undefined && { template }),
      args,
    })
  }
  const loop = (args: unknown[], options: RunOptions, isStreamed: boolean): RunLoop<ProviderTypes> =>
    new RunLoop({ model, prompt: promptOf(args), callOptions, options, isStreamed })
  return Object.assign((...args: unknown[]) => model.call(promptOf(args), callOptions), {
    stream: (...args: unknown[]) => model.stream(promptOf(args), callOptions),
    run: async (args: unknown[], options: RunOptions = {}) => new RunStream(loop(args, options, false)).result(),
    runStream: (args: unknown[], options: RunOptions = {}) => new RunStream(loop(args, options, true)),
    messages: async (...args: unknown[]) => messagesOf(promptOf(args)),
    explain: Object.assign((...args: unknown[]) => model.explain(promptOf(args), callOptions), {
      stream: (...args: unknown[]) => model.explain(promptOf(args), callOptions, { stream: true }),
    }),
    with: (changes: Partial<CallDefinition<unknown[], ProviderTypes>>) => defineCall({ ...definition, ...changes }),
  })
}

/** A model that a prompt names is asked for the output too. */
function withModelOf(result: PromptResult, shaped: (model: Model) => Model): PromptResult {
  if (typeof result !== 'object' || !result || !('messages' in result)) return result
  const { model } = result
  return typeof model?.call === 'function' ? { ...result, model: shaped(model) } : result
}

type OutputOfCall<Schema extends OutputSchema> = [Schema] extends [never] ? never : TypeOf<Schema>

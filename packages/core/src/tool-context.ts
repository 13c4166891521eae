import type { PromptContent } from './prompt.ts'
import type { RunToolsOptions } from './tool-runner.ts'
import type { CallOptions, ProviderTypes, StreamOf } from './types.ts'

declare const contextType: unique symbol

/** What a response knows of the tools of its call. */
export interface ToolContext<T extends ProviderTypes, Context> {
  /** Asks the same model on. See `BaseCallResponse.resume`. */
  resume(content: PromptContent<T>, options?: CallOptions<T>): Promise<ContextualResponse<T, Context>>
  /** The same as `resume`, streamed. */
  resumeStream(content: PromptContent<T>, options?: CallOptions<T>): StreamOf<ContextualTypes<T, Context>>
  /** Only for the compiler. */
  readonly [contextType]?: (context: Context) => void
}

/** A response to a call whose tools need a context. */
export type ContextualResponse<T extends ProviderTypes, Context> = ToolContext<T, Context> & T['Response']

/** The types of a provider, of a call whose tools need a context. */
export interface ContextualTypes<T extends ProviderTypes, Context> extends ProviderTypes {
  Response: ContextualResponse<T, Context>
  Chunk: T['Chunk']
  Message: T['Message']
  Tool: T['Tool']
  Config: T['Config']
  Params: T['Params']
  FinishReason: T['FinishReason']
}

/** The options of `runTools`, which may be left out where no tool is known to need a context. */
export type RunToolsArguments<Response> = Response extends {
  readonly [contextType]?: (context: infer Context) => void
}
  ? unknown extends Context
    ? [options?: RunToolsOptions]
    : [options: RunToolsOptions<Context> & { readonly context: Context }]
  : [options?: RunToolsOptions]

import type { Adapter } from './adapter.ts'
import { dynamicModel } from './dynamic-model.ts'
import { Exchange } from './exchange.ts'
import type { ExplainOptions, Explanation } from './explanation.ts'
import type { OutputSupport } from './output-mode.ts'
import type { Prompt } from './prompt.ts'
import type { CallOptions, ProviderTypes, StreamOf } from './types.ts'

/**
 * A provider bound to one of its models: `cohere('command-a-03-2025')`. Any model is assignable to `Model<ProviderTypes>`,
 * and whatever wraps a model is a model itself.
 */
export interface Model<out T extends ProviderTypes = ProviderTypes> {
  /** The provider's name, for example `cohere`. */
  readonly provider: string
  /** The provider's id of the model. */
  readonly id: string
  /** How the provider holds a model to a schema; a wrapper hands it on. See `structured`. */
  readonly outputSupport?: OutputSupport<T>
  /**
   * Asks for a whole answer.
   *
   * @throws {InterlinguaError} where there is no answer, or no complete one; `code` tells why.
   */
  call(prompt: Prompt<T>, options?: CallOptions<T>): Promise<T['Response']>
  /** Asks for an answer as it is generated. Returns at once: the request is sent when the stream is first read. */
  stream(prompt: Prompt<T>, options?: CallOptions<T>): StreamOf<T>
  /**
   * The request that `call` would send, or `stream` with `{ stream: true }`, made by what makes it there. Nothing is sent.
   * A missing key is no failure, but a warning.
   *
   * @throws {InterlinguaError} where no such request can be made.
   */
  explain(prompt: Prompt<T>, options?: CallOptions<T>, how?: ExplainOptions): Promise<Explanation<T>>
}

/** Makes a model of an adapter. */
export function createModel<T extends ProviderTypes>(adapter: Adapter<T>, id: string): Model<T>
export function createModel(adapter: Adapter<ProviderTypes>, id: string): Model {
  const model: Model = dynamicModel({
    provider: adapter.provider,
    id,
    ...(adapter.outputSupport && { outputSupport: adapter.outputSupport }),
    call: (prompt, options) => new Exchange(adapter, id, prompt, options, model).call(),
    stream: (prompt, options) => adapter.createStream(new Exchange(adapter, id, prompt, options, model)),
    explain: (prompt, options, how) => new Exchange(adapter, id, prompt, options, model).explain(how),
  })
  return model
}

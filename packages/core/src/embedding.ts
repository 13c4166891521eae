import type { Cost } from './cost.ts'
import type { RequestOptions } from './request.ts'
import type { ReceivedJson } from './request-json.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

/**
 * A model that turns texts into vectors: `cohere.embed('embed-v4.0')`. `Options` is what a call of it takes, with what it
 * cannot do without, so a function over any model is written `<Options>(model: EmbeddingModel<Options>, options: Options)`.
 */
export interface EmbeddingModel<Options extends RequestOptions = RequestOptions> {
  /** The provider's name, for example `cohere`. */
  readonly provider: string
  /** The provider's id of the model. */
  readonly id: string
  /**
   * Embeds inputs, in as many requests as the provider needs for them.
   *
   * A property and not a method, so that a model that requires an option is not taken for one that does not.
   *
   * @throws {InterlinguaError} where not all of them could be embedded; `code` tells why.
   */
  readonly embed: (inputs: readonly string[], options: Options) => Promise<EmbeddingResponse>
}

/** The answer to a call of an embedding model. A vector is a list of numbers, or a text where it was asked for as base64. */
export interface EmbeddingResponse<Vector extends readonly number[] | string = readonly number[]> {
  /** The provider that answered, for example `cohere`. */
  readonly provider: string
  /** The model, as it was asked for unless the provider names it. */
  readonly model: string
  /** A vector for each input, in the order of the inputs. */
  readonly embeddings: readonly Vector[]
  /** What all requests consumed together. */
  readonly usage: Usage
  /** What they cost together; `undefined` where the price or the billed units are unknown. */
  readonly cost: Cost | undefined
  /** What the caller should know; what several requests say is told once. */
  readonly warnings: readonly Warning[]
  /** The provider's id of the first response. */
  readonly id: string | undefined
  /** The provider's id of the first request, which its support asks for. */
  readonly requestId: string | undefined
  /** The headers of the first response, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The provider's whole answers, parsed from JSON and otherwise untouched: one for each request, in the order of the inputs. */
  readonly raw: readonly unknown[]
  /** The same answers, with what came along with each: its request id, its headers, its warnings. */
  readonly answers: readonly ReceivedJson[]
}

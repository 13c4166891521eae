import type { Cost } from './cost.ts'
import type { RequestOptions } from './request.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

/** What a call of any rerank model may be given. */
export interface RerankOptions extends RequestOptions {
  /** How many results to return, best first. Default: one for each document. */
  readonly topN?: number
}

/** A model that orders documents by how well they answer a query: `cohere.rerank('rerank-v4.0-pro')`. */
export interface RerankModel<Options extends RerankOptions = RerankOptions> {
  /** The provider's name, for example `cohere`. */
  readonly provider: string
  /** The provider's id of the model. */
  readonly id: string
  /**
   * Orders documents, which are texts or values that JSON can hold.
   *
   * @throws {InterlinguaError} where there is no answer; `code` tells why.
   */
  rerank<Document>(query: string, documents: readonly Document[], options?: Options): Promise<RerankResponse<Document>>
}

/** A document and how well it answers the query. */
export interface RerankResult<Document> {
  /** Where the document is in the list that was given. */
  readonly index: number
  /** How well it answers: 0 is not at all, 1 is the best. Scores of one query can be compared with each other. */
  readonly score: number
  /** The document itself, as it was given. */
  readonly document: Document
}

/** The answer to a call of a rerank model. */
export interface RerankResponse<Document> {
  /** The provider that answered, for example `cohere`. */
  readonly provider: string
  /** The model, as it was asked for unless the provider names it. */
  readonly model: string
  /** The documents, best first. */
  readonly results: readonly RerankResult<Document>[]
  /** What the request consumed; `usage.billed.searchUnits` where searches are what is charged for. */
  readonly usage: Usage
  /** What it costs; `undefined` where the price or the billed units are unknown. */
  readonly cost: Cost | undefined
  /** What the caller should know. */
  readonly warnings: readonly Warning[]
  /** The provider's id of the response. */
  readonly id: string | undefined
  /** The provider's id of the request, which its support asks for. */
  readonly requestId: string | undefined
  /** The response headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The provider's whole answer, parsed from JSON and otherwise untouched. */
  readonly raw: unknown
}

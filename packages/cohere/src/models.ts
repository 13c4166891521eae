import type { ReceivedJson, RequestOptions, Warning } from '@interlingua/core'
import type { CohereEndpointName, CohereModelInfo, WireModel } from './model-info.ts'
import type { Connection } from './connection.ts'

/** The answer of `/v1/models`. */
export interface WireModelList {
  models: WireModel[]
  next_page_token?: string
}

/** A model, and what came along with the answer. */
export interface CohereModelAnswer extends CohereModelInfo {
  readonly requestId: string | undefined
  readonly warnings: readonly Warning[]
  /** The response headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
}

/** A list of models, and what came along with it. */
export interface CohereModelList extends ReadonlyArray<CohereModelInfo> {
  readonly warnings: readonly Warning[]
  /** The answers that it was read from, one for each page. */
  readonly answers: readonly ReceivedJson[]
}

/** Which models to list. */
export interface CohereListModelsOptions extends RequestOptions {
  /** Only models that work with this endpoint. */
  readonly endpoint?: CohereEndpointName
  /** Only the default model of `endpoint`, which has to be given. Default: `false`. */
  readonly defaultOnly?: boolean
  /** How many models one request brings, 1 to 1000. All are listed in any case. Default: 1000. */
  readonly pageSize?: number
}

/** Cohere's models, as Cohere itself describes them. */
export interface CohereModels {
  /**
   * Lists the models that the key may use, all pages of them.
   *
   * @throws {InterlinguaError} where one of the pages could not be had.
   * @see https://docs.cohere.com/reference/list-models
   */
  list(options?: CohereListModelsOptions): Promise<CohereModelList>
  /**
   * Describes a model.
   *
   * @throws {InterlinguaError} of code `not_found` where there is no such model.
   * @see https://docs.cohere.com/reference/get-model
   */
  get(id: string, options?: RequestOptions): Promise<CohereModelAnswer>
}

/** Makes the access to the models. */
export function createModels(connection: Connection): CohereModels {
  return {
    list: async (options = {}) => (await import('./model-list.ts')).listModels(connection, options),
    get: async (id, options) => (await import('./model-list.ts')).getModel(connection, id, options),
  }
}

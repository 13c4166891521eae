import type { RequestOptions } from '@interlingua/core/adapter'
import type { Connection } from './connection.ts'

/** A model, as its server describes it: OpenAI tells little, and others more. */
export interface WireModel {
  id: string
  object?: 'model'
  /** When it was made, in seconds since 1970. */
  created?: number
  owned_by?: string
  [field: string]: unknown
}

/** The models of a server. */
export interface OpenAIModels {
  /**
   * Lists the models that the key may use.
   *
   * @throws {InterlinguaError} where the list could not be had; `code` tells why.
   * @see https://platform.openai.com/docs/api-reference/models/list
   */
  list(options?: RequestOptions): Promise<readonly WireModel[]>
  /**
   * Describes a model.
   *
   * @throws {InterlinguaError} of code `not_found` where there is no such model.
   * @see https://platform.openai.com/docs/api-reference/models/retrieve
   */
  get(id: string, options?: RequestOptions): Promise<WireModel>
}

/** Makes the access to the models. */
export function createModels(connection: Connection): OpenAIModels {
  return {
    list: async (options) => (await import('./model-list.ts')).listModels(connection, options),
    get: async (id, options) => (await import('./model-list.ts')).getModel(connection, id, options),
  }
}

import { itemsIn, type Loose, type ReceivedJson, type RequestOptions, textIn } from '@interlingua/core/adapter'
import { ask, unexpected } from '@interlingua/core/encoding'
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
  const request = (path: string) => ({
    method: 'GET' as const,
    url: connection.url(path),
    headers: connection.headers(),
    authorization: connection.authorization,
  })
  return {
    list: (options) => ask(connection, { encode: () => request('/models'), decode: decodeList }, options),
    get: (id, options) => {
      // Ids of some servers have a slash, which is a part of their path.
      const path = `/models/${id.split('/').map(encodeURIComponent).join('/')}`
      const decode = ({ body }: ReceivedJson): WireModel => ({ ...body, id: textIn(body['id']) ?? id })
      return ask(connection, { model: id, encode: () => request(path), decode }, options)
    },
  }
}

function decodeList({ body }: ReceivedJson): readonly WireModel[] {
  const { data } = body as Loose<{ data: WireModel[] }>
  if (!Array.isArray(data)) throw unexpected('the server sent no list of models.', body)
  return itemsIn(data)
}

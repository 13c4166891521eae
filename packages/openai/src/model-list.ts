import { itemsIn, type Loose, type ReceivedJson, type RequestOptions, textIn } from '@interlingua/core/adapter'
import { ask, type EncodedRequest, unexpected } from '@interlingua/core/encoding'
import type { Connection } from './connection.ts'
import type { WireModel } from './models.ts'

/** Lists the models that the key may use. */
export async function listModels(connection: Connection, options?: RequestOptions): Promise<readonly WireModel[]> {
  await connection.load()
  return ask(connection, { encode: () => requestOf(connection, '/models'), decode: decodeList }, options)
}

/** Describes a model. */
export async function getModel(connection: Connection, id: string, options?: RequestOptions): Promise<WireModel> {
  // Ids of some servers have a slash, which is a part of their path.
  const path = `/models/${id.split('/').map(encodeURIComponent).join('/')}`
  const decode = ({ body }: ReceivedJson): WireModel => ({ ...body, id: textIn(body['id']) ?? id })
  await connection.load()
  return ask(connection, { model: id, encode: () => requestOf(connection, path), decode }, options)
}

function requestOf(connection: Connection, path: string): EncodedRequest {
  return {
    method: 'GET',
    url: connection.url(path),
    headers: connection.headers(),
    authorization: connection.authorization,
  }
}

function decodeList({ body }: ReceivedJson): readonly WireModel[] {
  const { data } = body as Loose<{ data: WireModel[] }>
  if (!Array.isArray(data)) throw unexpected('the server sent no list of models.', body)
  return itemsIn(data)
}

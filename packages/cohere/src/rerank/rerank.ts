import { ask } from '@interlingua/core/encoding'
import type { CohereRerankModelId, CohereRerankOptions } from './options.ts'
import type { CohereRerankResponse } from './response.ts'
import type { Connection } from '../connection.ts'
import { decodeRerank } from './decode.ts'
import { encodeRerank } from './encode.ts'

/** What is asked of a rerank model. */
interface RerankCall<Document> {
  readonly query: string
  readonly documents: readonly Document[]
  readonly options: CohereRerankOptions<Document>
}

/** Orders documents by how well they answer a query. */
export function rerank<Document>(
  connection: Connection,
  id: CohereRerankModelId,
  { query, documents, options }: RerankCall<Document>,
): Promise<CohereRerankResponse<Document>> {
  return ask(
    connection,
    {
      model: id,
      encode: () => ({
        url: connection.url('/v2/rerank'),
        headers: connection.headers(),
        authorization: connection.authorization,
        body: encodeRerank(id, query, documents, options),
      }),
      decode: (received) => decodeRerank(received, documents, { model: id, price: connection.price(id) }),
    },
    options,
  )
}

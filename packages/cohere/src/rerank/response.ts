import type { RerankResponse } from '@interlingua/core'
import type { WireRerankResponse } from './wire.ts'

/** Cohere's answer to a call of a rerank model. */
export interface CohereRerankResponse<Document> extends RerankResponse<Document> {
  readonly raw: WireRerankResponse
}

import type { WireMeta } from '../meta.ts'

/**
 * Cohere's v2 rerank as it stands on the wire.
 *
 * @see https://docs.cohere.com/reference/rerank
 */
export interface WireRerankRequest {
  model: string
  query: string
  documents: string[]
  top_n?: number
  max_tokens_per_doc?: number
  priority?: number
}

export interface WireRerankResponse {
  id?: string
  /** Best first. */
  results: WireRerankResult[]
  meta?: WireMeta
}

export interface WireRerankResult {
  /** Where the document is in the request. */
  index: number
  /** 0 to 1. */
  relevance_score: number
}

import { costOf, type Loose, type Price, type ReceivedJson, type RerankResult, textIn } from '@interlingua/core/adapter'
import { unexpected } from '@interlingua/core/encoding'
import { decodeMeta, decodeMetaWarnings } from '../meta.ts'
import type { CohereRerankResponse } from './response.ts'
import type { WireRerankResponse } from './wire.ts'

/** Reads the answer to a rerank request. Throws an error of code `protocol` where it is about other documents. */
export function decodeRerank<Document>(
  { body, headers, requestId, warnings }: ReceivedJson & { readonly body: Loose<WireRerankResponse> },
  documents: readonly Document[],
  { model, price }: { readonly model: string; readonly price: Price | undefined },
): CohereRerankResponse<Document> {
  if (!Array.isArray(body.results)) throw unexpected('the server sent no list of results.', body)
  const results = body.results.map(({ index, relevance_score: score }): RerankResult<Document> => {
    const [document] = documents.slice(index, index + 1)
    if (document === undefined || typeof score !== 'number') {
      throw unexpected(`the server sent a result for document ${index} of ${documents.length}.`, body)
    }
    return { index, score, document }
  })
  const usage = decodeMeta(body.meta)
  return {
    provider: 'cohere',
    model,
    results,
    usage,
    cost: costOf(usage.billed, price),
    warnings: [...warnings, ...decodeMetaWarnings(body.meta)],
    id: textIn(body.id),
    requestId,
    headers,
    raw: body as WireRerankResponse,
  }
}

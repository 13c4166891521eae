import { InterlinguaError, isObject, withoutUndefined } from '@interlingua/core/adapter'
import type { CohereRerankOptions } from './options.ts'
import type { WireRerankRequest } from './wire.ts'
import { yamlOf } from './yaml.ts'

/** Encodes a rerank request. Throws an error of code `invalid_request` where there is nothing to rank. */
export function encodeRerank<Document>(
  model: string,
  query: string,
  documents: readonly Document[],
  options: CohereRerankOptions<Document>,
): WireRerankRequest {
  if (documents.length === 0) throw invalid('documents', 'there is nothing to rank: `documents` is empty.')
  return withoutUndefined({
    model,
    query,
    documents: documents.map((document, index) => encodeDocument(document, index, options.rankFields)),
    top_n: options.topN,
    max_tokens_per_doc: options.maxTokensPerDocument,
    priority: options.priority,
  })
}

function encodeDocument(document: unknown, index: number, fields: readonly string[] | undefined): string {
  if (typeof document === 'string') return document
  if (!fields || !isObject(document)) return yamlOf(document)
  const chosen = fields.filter((field) => document[field] !== undefined)
  if (chosen.length === 0) {
    throw invalid(`documents[${index}]`, `document ${index} has none of the fields ${fields.join(', ')} (rankFields).`)
  }
  return yamlOf(Object.fromEntries(chosen.map((field) => [field, document[field]])))
}

function invalid(field: string, message: string): InterlinguaError {
  return new InterlinguaError({ code: 'invalid_request', message, field })
}

import { uuidOf } from '../fingerprint.ts'
import { isObject, stringsIn, textOfJson, type JsonObject } from '../json.ts'
import { bm25 } from '../language/bm25.ts'
import { cosine, embed } from '../language/embedding.ts'
import type { Call, Reply } from '../route.ts'
import { countTokens, tokenPieces } from '../tokens.ts'
import { jsonReply, metaOf, readBody, type Contract, type Version } from './body.ts'
import { badRequest, refusal, type Problem } from './errors.ts'
import type { Models } from './models.ts'
import { any, flag, integer, list, text } from './shape.ts'

const fields = {
  1: {
    model: text,
    query: text,
    documents: list(any),
    top_n: integer,
    rank_fields: list(text),
    return_documents: flag,
    max_chunks_per_doc: integer,
  },
  2: { model: text, query: text, documents: list(any), top_n: integer, max_tokens_per_doc: integer, priority: integer },
}
// Documented: a search unit is a query with up to 100 documents, and longer ones than 500 tokens count several times.
const documentsPerUnit = 100
const tokensPerDocument = 500
// What parts of words add, so that "penguin" is not nothing for "penguins'".
const similarityShare = 0.05

/** `POST /v2/rerank`, and the older `POST /v1/rerank`. */
export function rerankAt(version: Version): (call: Call, models: Models) => Reply {
  const contract: Contract = { page: 'rerank', version, fields: fields[version] }
  return (call, models) => {
    const body = readBody(call, contract)
    if ('status' in body) return refusal(call, body)
    const { json, warnings } = body
    const name = json['model'] ?? (version === 1 ? 'rerank-v3.5' : '')
    if (typeof name !== 'string' || name === '')
      return refusal(call, badRequest('a model parameter is required for this endpoint.'))
    const model = models.find(name, 'rerank')
    if ('status' in model) return refusal(call, model)
    const problem = checked(json)
    if (problem) return refusal(call, problem)
    return jsonReply(answer(call, json, version, warnings), warnings)
  }
}

function answer(call: Call, json: JsonObject, version: Version, warnings: readonly string[]): JsonObject {
  const query = String(json['query'])
  const documents = documentsOf(json)
  const most = json['max_tokens_per_doc']
  const texts =
    typeof most === 'number' ? documents.map((document) => tokenPieces(document).slice(0, most).join('')) : documents
  const matches = bm25(query, texts)
  const asked = embed(query, 256)
  const results = texts.map((document, index) => {
    const similar = Math.max(0, cosine(asked, embed(document, 256)))
    const score = (1 - similarityShare) * (1 - Math.exp(-(matches[index] ?? 0))) + similarityShare * similar
    return { index, relevance_score: Number(score.toPrecision(8)) }
  })
  const ranked = results.toSorted((one, other) => other.relevance_score - one.relevance_score)
  const top = ranked.slice(0, typeof json['top_n'] === 'number' ? json['top_n'] : undefined)
  const counted = documents.reduce(
    (sum, document) => sum + Math.max(1, Math.ceil(countTokens(document) / tokensPerDocument)),
    0,
  )
  const billed = { search_units: Math.ceil(counted / documentsPerUnit) }
  return {
    id: uuidOf(`${call.index} ${call.text}`),
    results:
      json['return_documents'] === true
        ? top.map((result) => ({ document: { text: documents[result.index] }, ...result }))
        : top,
    meta: metaOf(version, warnings, billed),
  }
}

function documentsOf({ documents, rank_fields }: JsonObject): string[] {
  const wanted = stringsIn(rank_fields)
  return (Array.isArray(documents) ? documents : []).map((document) => {
    if (!isObject(document)) return textOfJson(document)
    const names = wanted.length > 0 ? wanted : typeof document['text'] === 'string' ? ['text'] : Object.keys(document)
    return names.map((name) => textOfJson(document[name])).join('\n')
  })
}

function checked({ query, documents, top_n }: JsonObject): Problem | undefined {
  if (typeof query !== 'string' || query.trim() === '') {
    return badRequest('invalid request: query must not be empty or be only whitespace')
  }
  if (!Array.isArray(documents) || documents.length === 0) {
    return badRequest('invalid request: list of documents must not be empty')
  }
  return typeof top_n === 'number' && top_n < 1 ? badRequest('invalid request: top_n must be at least 1.') : undefined
}

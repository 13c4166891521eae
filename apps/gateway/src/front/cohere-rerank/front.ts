import { isObject, withoutUndefined } from '@interlingua/core'
import { firstAnswer } from '../../first-answer.ts'
import type { GatewayCall } from '../../gateway-call.ts'
import type { JsonObject } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import type { Route } from '../../routes.ts'
import { encodeError } from '../cohere-chat/error.ts'
import type { PlainAnswer, PlainFront } from '../plain-front.ts'

/** Cohere's rerank, v2. */
export const cohereRerank: PlainFront = { endpoint: 'cohere-rerank', encodeError, answer }

async function answer(body: JsonObject, route: Route, call: GatewayCall): Promise<PlainAnswer> {
  const { query, documents, top_n: topN, max_tokens_per_doc: maxTokensPerDocument, priority } = body
  if (typeof query !== 'string') throw badRequest('invalid request: query must be a text.', 'query')
  if (!Array.isArray(documents)) throw badRequest('invalid request: documents must be a list.', 'documents')
  const options = withoutUndefined({
    signal: call.signal,
    timeout: route.timeout,
    retry: route.retry,
    topN: typeof topN === 'number' ? topN : undefined,
    maxTokensPerDocument: typeof maxTokensPerDocument === 'number' ? maxTokensPerDocument : undefined,
    priority: typeof priority === 'number' ? priority : undefined,
  })
  return firstAnswer(route, async ({ provider, model: id }) => {
    if (!provider.cohere) throw badRequest(`${provider.name} does not rerank: name a model of Cohere's.`, 'model')
    const response = await provider.cohere.rerank(id).rerank(query, documents, options)
    const { raw, model, usage, cost, warnings } = response
    return {
      body: isObject(raw) ? { ...raw } : {},
      outcome: { provider: response.provider, model, usage, cost, warnings: warnings.length },
    }
  })
}

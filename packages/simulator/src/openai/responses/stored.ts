import type { JsonObject } from '../../json.ts'
import type { Reply } from '../../route.ts'
import type { Exchange } from '../exchange.ts'
import { badRequest, type Problem } from '../problem.ts'

/** `GET /v1/responses/{id}`. A background response is first queued, then in progress, and then there. */
export function getResponse(exchange: Exchange, id: string): Reply {
  const stored = exchange.store.find(id)
  if (!stored) return exchange.refuse(notFound(id))
  const { response } = stored
  const state = response['background'] === true ? (['queued', 'in_progress'] as const)[stored.polls++] : undefined
  const pending = {
    status: state,
    completed_at: null,
    incomplete_details: null,
    output: [],
    usage: null,
    billing: undefined,
  }
  return exchange.json(
    state === undefined || response['status'] === 'cancelled' ? response : { ...response, ...pending },
  )
}

/** `DELETE /v1/responses/{id}`. */
export function deleteResponse(exchange: Exchange, id: string): Reply {
  return exchange.store.delete(id)
    ? exchange.json({ id, object: 'response', deleted: true })
    : exchange.refuse(notFound(id))
}

/** `POST /v1/responses/{id}/cancel`, for background responses only. */
export function cancelResponse(exchange: Exchange, id: string): Reply {
  const stored = exchange.store.find(id)
  if (!stored) return exchange.refuse(notFound(id))
  const { response } = stored
  if (response['background'] !== true) return exchange.refuse(badRequest('Cannot cancel a synchronous response.'))
  // What is complete stays so.
  if (stored.polls > 1 || response['status'] === 'cancelled') return exchange.json(response)
  const cancelled = {
    ...response,
    status: 'cancelled',
    completed_at: null,
    output: [],
    usage: null,
    billing: undefined,
  }
  exchange.store.keep(id, { ...stored, response: cancelled })
  return exchange.json(cancelled)
}

/** `GET /v1/responses/{id}/input_items`, the last one first. */
export function listInputItems(exchange: Exchange, id: string): Reply {
  const stored = exchange.store.find(id)
  if (!stored) return exchange.refuse(notFound(id))
  const { query } = exchange.call
  const ordered = query.get('order') === 'asc' ? stored.input : stored.input.toReversed()
  const after = query.get('after')
  const start = after === null ? 0 : ordered.findIndex((item) => item['id'] === after) + 1
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    return exchange.refuse(
      badRequest("Invalid 'limit': expected an integer between 1 and 100.", 'limit', 'invalid_value'),
    )
  }
  const data: JsonObject[] = ordered.slice(start, start + limit).map(written)
  const [first, last] = [data[0]?.['id'] ?? null, data.at(-1)?.['id'] ?? null]
  return exchange.json({
    object: 'list',
    data,
    first_id: first,
    last_id: last,
    has_more: start + limit < ordered.length,
  })
}

function written(item: JsonObject): JsonObject {
  const { content } = item
  return typeof content === 'string' ? { ...item, content: [{ type: 'input_text', text: content }] } : item
}

function notFound(id: string): Problem {
  return { ...badRequest(`Response with id '${id}' not found.`), status: 404 }
}

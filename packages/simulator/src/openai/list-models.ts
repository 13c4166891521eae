import type { JsonObject } from '../json.ts'
import type { Reply } from '../route.ts'
import type { Exchange } from './exchange.ts'
import { createdAt } from './ids.ts'
import { models, type Model } from './models.ts'
import { isProblem } from './problem.ts'

/** `GET /v1/models`. */
export function listModels(exchange: Exchange): Reply {
  const { dialect } = exchange
  const known = dialect.models.length > 0 ? dialect.models : models.map(({ id }) => id)
  return exchange.json({ object: 'list', data: known.map((id) => describe(id, dialect.name)) })
}

/** `GET /v1/models/{model}`. */
export function getModel(exchange: Exchange, id: string): Reply {
  const model: Model | object = exchange.dialect.model(id, 'models')
  return isProblem(model) ? exchange.refuse(model) : exchange.json(describe(id, exchange.dialect.name))
}

function describe(id: string, owner: string): JsonObject {
  return { id, object: 'model', created: createdAt(0), owned_by: owner === 'openai' ? 'system' : owner }
}

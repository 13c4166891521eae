import type { JsonObject } from '../json.ts'
import type { Call, Reply } from '../route.ts'
import { jsonReply } from './body.ts'
import { badRequest, refusal } from './errors.ts'
import type { Model, Models } from './models.ts'

const usualPage = 20
const largestPage = 1000

/** `GET /v1/models`. */
export function listModels(call: Call, models: Models): Reply {
  const { query } = call
  const size = Number(query.get('page_size') ?? usualPage)
  if (!Number.isInteger(size) || size < 1 || size > largestPage) {
    return refusal(call, badRequest(`invalid request: page_size must be between 1 and ${largestPage} inclusive.`))
  }
  const start = Number(query.get('page_token') ?? 0)
  if (!Number.isInteger(start) || start < 0)
    return refusal(call, badRequest('invalid request: page_token is not valid.'))
  const endpoint = query.get('endpoint')
  const onlyDefaults = query.get('default_only') === 'true'
  const found = models.all.filter(
    (model) =>
      (endpoint === null || model.endpoint === endpoint) &&
      (!onlyDefaults || model.defaultFor.some((name) => endpoint === null || name === endpoint)),
  )
  const page = found.slice(start, start + size).map((model) => describe(model, models))
  const next = start + size
  return jsonReply({ models: page, ...(next < found.length && { next_page_token: String(next) }) })
}

/** `GET /v1/models/{model}`. */
export function getModel(call: Call, models: Models): Reply {
  const model = models.find(call.parameter)
  return 'status' in model ? refusal(call, model) : jsonReply(describe(model, models))
}

function describe(model: Model, models: Models): JsonObject {
  const { id, endpoint, contextLength, defaultFor } = model
  return {
    name: id,
    ...(models.isDeprecated(id) && { is_deprecated: true }),
    endpoints: [endpoint],
    finetuned: false,
    context_length: contextLength,
    tokenizer_url: `https://storage.googleapis.com/cohere-public/tokenizers/${id}.json`,
    features: featuresOf(model),
    default_endpoints: defaultFor,
    ...samplingOf(model),
  }
}

// As recorded for two chat models; images are documented.
function featuresOf({ endpoint, reasons, sees }: Model): string[] {
  if (endpoint !== 'chat') return []
  const common = ['json_mode', 'json_schema', 'strict_tools', 'safety_modes', 'tools']
  return [...common, ...(reasons ? ['reasoning'] : []), ...(sees ? ['vision'] : [])]
}

// Documented; no recorded answer has it.
function samplingOf({ endpoint, reasons }: Model): JsonObject {
  if (endpoint === 'rerank') return { sampling_defaults: { max_tokens_per_doc: 4096 } }
  if (endpoint !== 'chat') return {}
  const [temperature, p] = reasons ? [0.6, 0.95] : [0.3, 0.75]
  return { sampling_defaults: { temperature, k: 0, p, frequency_penalty: 0, presence_penalty: 0 } }
}

import { isObject, itemsIn, type Loose, numberIn, textIn, withoutUndefined } from '@interlingua/core/adapter'
import { unexpected } from '@interlingua/core/encoding'

/** An endpoint of Cohere's that models are made for. */
export type CohereEndpointName =
  | 'chat'
  | 'embed'
  | 'classify'
  | 'summarize'
  | 'rerank'
  | 'rate'
  | 'generate'
  | (string & {})

/** Something that a model can do. Cohere names what is in recorded answers, and may add to it. */
export type CohereFeature =
  | 'json_mode'
  | 'json_schema'
  | 'strict_tools'
  | 'safety_modes'
  | 'tools'
  | 'reasoning'
  | 'vision'
  | (string & {})

/** The answer of `/v1/models/{model}`, and a model in that of `/v1/models`. Cohere sends more than it documents. */
export interface WireModel {
  name?: string
  is_deprecated?: boolean
  endpoints?: string[]
  finetuned?: boolean
  context_length?: number
  tokenizer_url?: string
  default_endpoints?: string[]
  features?: string[]
  sampling_defaults?: {
    temperature?: number
    k?: number
    p?: number
    frequency_penalty?: number
    presence_penalty?: number
    max_tokens_per_doc?: number
  }
}

/** The sampling parameters that a model uses where a call gives none, by the names that calls give them. */
export interface CohereSamplingDefaults {
  readonly temperature?: number
  readonly topK?: number
  readonly topP?: number
  readonly frequencyPenalty?: number
  readonly presencePenalty?: number
  /** Of rerank models. */
  readonly maxTokensPerDocument?: number
}

/** What Cohere tells of a model. What it does not tell is absent: that is unknown, and not a no. */
export interface CohereModelInfo {
  /** What `cohere(id)` takes. */
  readonly id: string
  readonly endpoints?: readonly CohereEndpointName[]
  /** The endpoints that use this model where none is named. */
  readonly defaultEndpoints?: readonly CohereEndpointName[]
  readonly features?: readonly CohereFeature[]
  /** In tokens, input and output together. */
  readonly contextLength?: number
  /** Where the tokenizer's configuration is. */
  readonly tokenizerUrl?: string
  readonly samplingDefaults?: CohereSamplingDefaults
  readonly isDeprecated?: boolean
  readonly isFinetuned?: boolean
  /** All that Cohere sent of it, untouched: also what has no field here. */
  readonly raw: WireModel & Readonly<Record<string, unknown>>
}

/** Reads what Cohere tells of a model. Throws an error of code `protocol` where that is not of a model. */
export function decodeModel(wire: unknown): CohereModelInfo {
  if (!isObject(wire) || typeof wire['name'] !== 'string')
    throw unexpected('the server sent a model without a name.', wire)
  const model: Loose<WireModel> = wire
  const { sampling_defaults: defaults } = model
  return {
    id: wire['name'],
    ...withoutUndefined({
      endpoints: namesIn(model.endpoints),
      defaultEndpoints: namesIn(model.default_endpoints),
      features: namesIn(model.features),
      contextLength: numberIn(model.context_length),
      tokenizerUrl: textIn(model.tokenizer_url),
      isDeprecated: model.is_deprecated ?? undefined,
      isFinetuned: model.finetuned ?? undefined,
      samplingDefaults: defaults
        ? withoutUndefined({
            temperature: numberIn(defaults.temperature),
            topK: numberIn(defaults.k),
            topP: numberIn(defaults.p),
            frequencyPenalty: numberIn(defaults.frequency_penalty),
            presencePenalty: numberIn(defaults.presence_penalty),
            maxTokensPerDocument: numberIn(defaults.max_tokens_per_doc),
          })
        : undefined,
    }),
    raw: wire,
  }
}

/** A list that is not there is unknown, and not empty. */
function namesIn(list: readonly (string | null)[] | null | undefined): readonly string[] | undefined {
  return Array.isArray(list) ? itemsIn(list) : undefined
}

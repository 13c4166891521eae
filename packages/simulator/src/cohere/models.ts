import type { Problem } from './errors.ts'

/** What a model can be used for. */
export type Endpoint = 'chat' | 'embed' | 'rerank' | 'generate'

/** What the simulator knows of a model (https://docs.cohere.com/docs/models). */
export interface Model {
  readonly id: string
  readonly endpoint: Endpoint
  readonly contextLength: number
  /** Most tokens of an answer. */
  readonly maxOutput: number
  /** Thinks before it answers, unless told not to. */
  readonly reasons: boolean
  /** Takes images. */
  readonly sees: boolean
  /** Models of 2024 refuse what later ones cap or accept: a too large `max_tokens`, and both penalties at once. */
  readonly strict: boolean
  /** Tokens of the vendor's own prompt around the conversation, as recorded: 496 for a prompt of 1. */
  readonly templateTokens: number
  /** The sizes of a vector that can be asked for, the usual one last. */
  readonly dimensions: readonly number[]
  /** The endpoints that use it when a request names no model. */
  readonly defaultFor: readonly Endpoint[]
  /** The recorded text of the header `x-api-warning`, for a model that will be removed. */
  readonly warning?: string
}

type Trait = 'reasons' | 'sees' | 'strict'

function chatModel(id: string, contextLength: number, maxOutput: number, ...traits: readonly Trait[]): Model {
  const reasons = traits.includes('reasons')
  return {
    id,
    endpoint: 'chat',
    contextLength,
    maxOutput,
    reasons,
    dimensions: [],
    sees: traits.includes('sees'),
    strict: traits.includes('strict'),
    templateTokens: reasons ? 1386 : 495,
    defaultFor: id === 'command-a-03-2025' ? ['chat', 'generate'] : [],
  }
}

function otherModel(id: string, endpoint: Endpoint, contextLength: number, dimensions: readonly number[] = []): Model {
  const none = { maxOutput: 0, reasons: false, strict: false, templateTokens: 0, defaultFor: [] }
  return { ...none, id, endpoint, contextLength, dimensions, sees: endpoint === 'embed' }
}

// Context lengths are as recorded where `GET /v1/models` was, and documented ones otherwise.
const catalogue: readonly Model[] = [
  chatModel('command-a-plus-05-2026', 128_000, 65_536, 'reasons', 'sees'),
  chatModel('command-a-03-2025', 288_000, 8_192),
  chatModel('command-a-reasoning-08-2025', 288_768, 32_768, 'reasons'),
  chatModel('command-a-vision-07-2025', 128_000, 8_192, 'sees'),
  chatModel('command-a-translate-08-2025', 16_000, 8_192),
  chatModel('command-r7b-12-2024', 128_000, 4_096, 'strict'),
  chatModel('command-r-08-2024', 128_000, 4_096, 'strict'),
  chatModel('command-r-plus-08-2024', 128_000, 4_096, 'strict'),
  chatModel('north-mini-code-1.0', 256_000, 65_536),
  otherModel('embed-v4.0', 'embed', 128_000, [256, 512, 1024, 1536]),
  otherModel('embed-english-v3.0', 'embed', 512, [1024]),
  otherModel('embed-english-light-v3.0', 'embed', 512, [384]),
  otherModel('embed-multilingual-v3.0', 'embed', 512, [1024]),
  otherModel('embed-multilingual-light-v3.0', 'embed', 512, [384]),
  otherModel('rerank-v4.0-pro', 'rerank', 32_768),
  otherModel('rerank-v4.0-fast', 'rerank', 32_768),
  otherModel('rerank-v3.5', 'rerank', 4_096),
  otherModel('rerank-english-v3.0', 'rerank', 4_096),
  otherModel('rerank-multilingual-v3.0', 'rerank', 4_096),
]

// The family comes in several sizes and regions (tiny-aya-global, tiny-aya-earth, …).
const tinyAya = /^tiny-aya-[a-z0-9-]+$/

const removed: Readonly<Record<string, Endpoint>> = {
  command: 'chat',
  'command-light': 'chat',
  'command-r': 'chat',
  'command-r-plus': 'chat',
}

/** The models of one simulator. */
export class Models {
  readonly #deprecated: Readonly<Record<string, string>>

  /** `deprecated` has the date of its removal for each model that is to be announced as deprecated. */
  constructor(deprecated: Readonly<Record<string, string>> = {}) {
    this.#deprecated = deprecated
  }

  /** Those that `GET /v1/models` lists. */
  get all(): readonly Model[] {
    const extra = Object.keys(this.#deprecated).filter((id) => Object.hasOwn(removed, id))
    return [...catalogue, ...extra.map((id) => chatModel(id, 128_000, 4_096, 'strict'))].map((model) =>
      this.#announced(model),
    )
  }

  /** Whether a model will be removed. */
  isDeprecated(id: string): boolean {
    return Object.hasOwn(this.#deprecated, id)
  }

  /** The model of that id for that endpoint, or the 404 or 400 that the vendor answers with. */
  find(id: string, endpoint?: Endpoint): Model | Problem {
    const found =
      this.all.find((known) => known.id === id) ?? (tinyAya.test(id) ? chatModel(id, 8_192, 8_192) : undefined)
    if (found && endpoint !== undefined && found.endpoint !== endpoint) {
      return { status: 400, message: `invalid request: model '${id}' is not supported by the ${endpoint} API` }
    }
    if (found) return found
    if (Object.hasOwn(removed, id)) {
      const list = 'See https://docs.cohere.com/docs/models#command for a list of models you can use instead.'
      return { status: 404, message: `model '${id}' was removed on September 15, 2025. ${list}` }
    }
    const advice = 'make sure the correct model ID was used and that you have access to the model.'
    return { status: 404, message: `model '${id}' not found, ${advice}` }
  }

  #announced(model: Model): Model {
    const date = this.#deprecated[model.id]
    if (date === undefined) return model
    const advice = 'Please consider upgrading to a newer model to avoid future service disruptions'
    return { ...model, warning: `model '${model.id}' is deprecated and will be removed ${date}. ${advice}` }
  }
}

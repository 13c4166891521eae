import {
  type AssistantMessage,
  BaseCallResponse,
  type ResponseFields,
  type TokenLogprobs,
} from '@interlingua/core/adapter'
import type { OpenAIFinishReason } from './finish-reason.ts'
import { type RateLimits, rateLimits } from './rate-limits.ts'
import type { OpenAITypes } from './types.ts'

/** One of several answers to the same request. */
export interface OpenAIChoice {
  readonly index: number
  readonly message: AssistantMessage
  readonly finishReason: OpenAIFinishReason
  readonly logprobs: readonly TokenLogprobs[]
}

/** What an answer says beside its choices. */
export interface OpenAIAnswerDetails {
  /** The answers beside the first one. */
  readonly others?: readonly OpenAIChoice[]
  readonly serviceTier?: string | undefined
  readonly systemFingerprint?: string | undefined
}

/** An answer of chat completions. */
export class OpenAICallResponse extends BaseCallResponse<OpenAITypes> {
  /** All answers that were given: several where `n` asked for them. The response itself is the first one. */
  readonly choices: readonly OpenAIChoice[]
  /** How the request was served, where the server says so. Its price may be another one than the list's: `cost` is unknown. */
  readonly serviceTier: string | undefined
  /** What the model ran on, for telling changes of it. */
  readonly systemFingerprint: string | undefined

  constructor(fields: ResponseFields<OpenAITypes>, details: OpenAIAnswerDetails = {}) {
    const { others = [], serviceTier, systemFingerprint } = details
    super(isListPrice(serviceTier) || fields.cost?.price === undefined ? fields : { ...fields, cost: undefined })
    const { message, finishReason, logprobs } = fields
    this.choices = [{ index: 0, message, finishReason, logprobs }, ...others]
    this.serviceTier = serviceTier
    this.systemFingerprint = systemFingerprint
  }

  /** What is left of the requests and tokens that the account may use in a time; `undefined` where the server says nothing. */
  get rateLimits(): RateLimits | undefined {
    return rateLimits(this.headers)
  }
}

/** Whether the price list holds for how a request was served. `on_demand` is Groq's word, `standard` Mistral's. */
export function isListPrice(tier: string | undefined): boolean {
  return tier === undefined || ['default', 'auto', 'standard', 'on_demand'].includes(tier)
}

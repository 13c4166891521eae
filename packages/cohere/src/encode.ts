import { type ModelRequest, withoutUndefined } from '@interlingua/core'
import { encodeMessage } from './message.ts'
import type { CohereTypes } from './types.ts'
import type { WireRequest } from './wire.ts'

/** A call as the body of Cohere's v2 chat. What the caller left out is left to Cohere's defaults. */
export function encodeBody({ model, messages, params, stream }: ModelRequest<CohereTypes>): WireRequest {
  const { thinking } = params
  return withoutUndefined({
    model,
    messages: messages.map(encodeMessage),
    stream,
    temperature: params.temperature,
    max_tokens: params.maxTokens,
    p: params.topP,
    k: params.topK,
    frequency_penalty: params.frequencyPenalty,
    presence_penalty: params.presencePenalty,
    seed: params.seed,
    stop_sequences: params.stop && [...params.stop],
    safety_mode: params.safetyMode,
    logprobs: params.logprobs,
    priority: params.priority,
    thinking: thinking && withoutUndefined({ type: thinking.type, token_budget: thinking.tokenBudget }),
  })
}

import { isObject, objectsIn, without, type JsonObject } from '../../json.ts'
import type { Counts, Dialect } from '../dialect.ts'
import { hexOf } from '../ids.ts'
import { badRequest } from '../problem.ts'
import { responseUsage } from '../responses/response.ts'
import { compatible } from './compatible.ts'
import { openai } from './openai.ts'

/**
 * xAI's API: responses as recorded; chats as documented at https://docs.x.ai/docs/api-reference. Its completion tokens
 * do not have the tokens of reasoning among them, and the total has.
 */
export const xai: Dialect = compatible({
  name: 'xai',
  hosts: ['api.x.ai'],
  models: ['grok-4.3', 'grok-4-0709', 'grok-3-mini'],
  // Recorded: older names are answered by the newest model.
  answeredModel: ({ id }) => (/^grok-(?:3|4-)/.test(id) ? 'grok-4.3' : id),
  noModel: (id) => badRequest(`Model not found: ${id}`),
  unauthorized: () => badRequest('Incorrect API key provided. You can obtain an API key from https://console.x.ai.'),
  error: ({ message, status }) => ({
    code: status === 429 ? 'resource-exhausted' : 'invalid-argument',
    error: message,
  }),
  thinks: () => true,
  // Recorded: a limit of 16 lets 30 tokens of reasoning pass.
  limitsReasoning: false,
  chat: {
    first: (opening) => ({ role: 'assistant', content: opening === 'text' ? '' : null }),
    reasoning: (piece) => ({ reasoning_content: piece }),
    calls: 'whole',
    usage: (counts) => ({
      prompt_tokens: counts.prompt,
      completion_tokens: counts.completion - counts.reasoning,
      total_tokens: counts.prompt + counts.completion,
      prompt_tokens_details: {
        text_tokens: counts.prompt,
        audio_tokens: 0,
        image_tokens: 0,
        cached_tokens: counts.cached,
      },
      completion_tokens_details: {
        reasoning_tokens: counts.reasoning,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
      num_sources_used: 0,
      cost_in_usd_ticks: ticks(counts),
    }),
    wholeChoice: ({ index, reasoning, text, refusal, calls, finish }) => ({
      index,
      message: {
        role: 'assistant',
        content: text ?? '',
        ...(reasoning !== '' && { reasoning_content: reasoning }),
        ...(calls.length > 0 && { tool_calls: calls }),
        refusal: refusal ?? null,
      },
      finish_reason: finish,
    }),
  },
  responses: {
    ...openai.responses,
    pads: false,
    alwaysSummarizes: true,
    reasoningItem: ({ id, type, summary }, status) => ({
      id,
      type,
      summary,
      status,
    }),
    response: (response, request): JsonObject => {
      const { reasoning, text, metadata } = response
      const { effort = null, summary = null } = isObject(reasoning) ? reasoning : {}
      return {
        ...without(response, 'billing', 'moderation', 'prompt_cache_retention', 'tool_usage'),
        service_tier: 'default',
        metadata: { ...(isObject(metadata) && metadata), system_fingerprint: `fp_${hexOf('grok-4.3', 10)}` },
        reasoning: { effort, summary },
        text: { format: isObject(text) && isObject(text['format']) ? formatOf(text['format']) : null },
        tools: objectsIn(request['tools']).map((tool) => Object.assign({}, tool, { strict: null })),
      }
    },
    usage: (counts) => {
      return {
        ...responseUsage(counts),
        input_tokens_details: { cached_tokens: counts.cached },
        context_details: { input_tokens: counts.prompt, output_tokens: counts.completion },
        num_sources_used: 0,
        num_server_side_tools_used: 0,
        cost_in_usd_ticks: ticks(counts),
      }
    },
  },
})

// Recorded: of a schema nothing else is repeated.
function formatOf({ type, schema }: JsonObject): JsonObject {
  return { ...(schema !== undefined && { schema }), type }
}

function ticks({ prompt, completion }: Counts): number {
  return prompt * 3_000 + completion * 25_000
}

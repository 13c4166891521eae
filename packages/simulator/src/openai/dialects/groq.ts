import type { JsonObject } from '../../json.ts'
import type { ChatContext, Counts, Dialect } from '../dialect.ts'
import { fingerprint } from '../../fingerprint.ts'
import { hexOf, lettersOf } from '../ids.ts'
import { compatible } from './compatible.ts'

/** Groq's API, as recorded: whole calls, reasoning in a channel, usage twice. */
export const groq: Dialect = compatible({
  name: 'groq',
  hosts: ['api.groq.com'],
  models: ['llama-3.3-70b-versatile', 'openai/gpt-oss-20b', 'allam-2-7b'],
  noModel: (id) => ({
    status: 404,
    message: `The model \`${id}\` does not exist or you do not have access to it.`,
    code: 'model_not_found',
  }),
  error: ({ message, type = 'invalid_request_error', code }) => ({
    error: { message, type, ...(code !== undefined && { code }) },
  }),
  callId: (text) => lettersOf(text, 9).toLowerCase(),
  chat: {
    first: (opening) => ({ role: 'assistant', content: opening === 'call' || opening === 'calls' ? null : '' }),
    reasoning: (piece) => ({ channel: 'analysis', reasoning: piece }),
    calls: 'whole',
    usageAt: 'both',
    usageAlways: true,
    usage: usageOf,
    chunk: ({ kind, usage }, choices, context) => ({
      ...topOf(context, 'chat.completion.chunk'),
      ...(kind === 'usage' && { service_tier: 'on_demand' }),
      choices,
      ...(usage && { usage }),
      ...(kind === 'first' && { x_groq: { id: requestId(context), seed: fingerprint(context.id) } }),
      ...(kind === 'finish' && { x_groq: { id: requestId(context), usage } }),
    }),
    whole: (choices, usage, context) => ({
      ...topOf(context, 'chat.completion'),
      choices,
      usage,
      usage_breakdown: null,
      x_groq: { id: requestId(context), seed: fingerprint(context.id) },
      service_tier: 'on_demand',
    }),
    wholeChoice: ({ index, reasoning, text, calls, finish, logprobs }) => ({
      index,
      message: {
        role: 'assistant',
        ...(text !== undefined && { content: text }),
        ...(reasoning !== '' && { reasoning }),
        ...(calls.length > 0 && { tool_calls: calls }),
      },
      logprobs,
      finish_reason: finish,
    }),
  },
})

function topOf({ id, created, modelName }: ChatContext, object: string): JsonObject {
  return { id, object, created, model: modelName, system_fingerprint: `fp_${hexOf(modelName, 10)}` }
}

function requestId({ id }: ChatContext): string {
  return `req_${lettersOf(id, 26).toLowerCase()}`
}

// Times in seconds; no clock is read for them.
function usageOf({ prompt, cached, completion, reasoning }: Counts): JsonObject {
  const [promptTime, completionTime] = [prompt / 5_000, completion / 500]
  return {
    queue_time: 0.01,
    prompt_tokens: prompt,
    prompt_time: promptTime,
    completion_tokens: completion,
    completion_time: completionTime,
    total_tokens: prompt + completion,
    total_time: promptTime + completionTime,
    ...(cached > 0 && { prompt_tokens_details: { cached_tokens: cached } }),
    ...(reasoning > 0 && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  }
}

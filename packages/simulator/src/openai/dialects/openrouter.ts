import { isObject, without, type JsonObject } from '../../json.ts'
import type { ChatContext, Counts, Dialect } from '../dialect.ts'
import { hexOf, lettersOf } from '../ids.ts'
import { badRequest } from '../problem.ts'
import { responseUsage } from '../responses/response.ts'
import { compatible } from './compatible.ts'
import { fingerprintOf, openai } from './openai.ts'

// Recorded: so much for a token, for the cheapest of the models.
const price = 0.000_000_5

/** OpenRouter's API, as recorded: comments, a role in every delta, the finish reason twice, reasoning to send back. */
export const openrouter: Dialect = compatible({
  name: 'openrouter',
  hosts: ['openrouter.ai'],
  models: [
    'openai/gpt-4o',
    'openai/gpt-4o-mini',
    'openai/gpt-5.2',
    'anthropic/claude-haiku-4.5',
    'google/gemini-2.5-flash',
  ],
  noModel: (id) =>
    badRequest(id.includes('embedding') ? `Model ${id} does not exist` : `${id} is not a valid model ID`),
  unauthorized: (key) => ({ status: 401, message: key === '' ? 'No auth credentials found' : 'User not found.' }),
  error: ({ status, message }) => ({ error: { message, code: status } }),
  // Recorded: models of OpenAI's think in any case, and others when they are asked to.
  thinks: ({ id, reasons }, request) => showsReasoning(request) || (reasons && id.startsWith('openai/')),
  chat: {
    first: () => undefined,
    text: (content) => ({ role: 'assistant', content }),
    reasoning: (piece, context) =>
      showsReasoning(context.request)
        ? { role: 'assistant', content: '', reasoning: piece, reasoning_details: [told(piece, context)] }
        : undefined,
    // Recorded: what reasoning has to be sent back with.
    afterReasoning: (context) => ({
      role: 'assistant',
      content: '',
      ...(isAnthropic(context) ? {} : { reasoning: null }),
      reasoning_details: [sealed(context)],
    }),
    mostChoices: 1,
    refusal: (refusal) => ({ role: 'assistant', content: '', refusal }),
    calls: 'empty, pieces',
    callDelta: (fragments) => ({ role: 'assistant', content: null, tool_calls: fragments }),
    repeated: () => ({ role: 'assistant', content: '' }),
    last: ({ thinks }) => ({ role: 'assistant', content: '', ...(thinks && { reasoning: null }) }),
    usageAt: 'repeat',
    usageAlways: true,
    usage: usageOf,
    choice: ({ index, delta, finish, logprobs }) => ({
      index,
      delta,
      finish_reason: finish,
      native_finish_reason: finish,
      ...(logprobs && { logprobs }),
    }),
    chunk: ({ kind, usage }, choices, context) => ({
      ...topOf(context, 'chat.completion.chunk'),
      choices,
      ...(kind === 'repeat' && { service_tier: null }),
      ...(usage && { usage }),
    }),
    whole: (choices, usage, context) => ({
      ...topOf(context, 'chat.completion'),
      system_fingerprint: fingerprintOf(context.model),
      choices,
      usage,
      service_tier: null,
    }),
    wholeChoice: ({ index, reasoning, text, refusal, calls, finish, logprobs }, context) => ({
      logprobs,
      finish_reason: finish,
      native_finish_reason: finish,
      index,
      message: {
        role: 'assistant',
        content: text ?? null,
        refusal: refusal ?? null,
        reasoning: reasoning === '' || !showsReasoning(context.request) ? null : reasoning,
        ...(calls.length > 0 && { tool_calls: calls.map((call, at) => ({ ...call, index: at })) }),
        ...(reasoning !== '' && {
          reasoning_details: [...(showsReasoning(context.request) ? [told(reasoning, context)] : []), sealed(context)],
        }),
      },
    }),
    comment: ': OPENROUTER PROCESSING\n\n',
  },
  responses: {
    ...openai.responses,
    named: false,
    done: true,
    comment: ':\n\n',
    pads: false,
    reasoningItem: (item, status) => ({ ...without(item, 'content'), status }),
    response: (response) => ({
      ...without(response, 'billing', 'moderation', 'prompt_cache_retention', 'tool_usage', 'user'),
      text: { format: isObject(response['text']) ? response['text']['format'] : null },
    }),
    usage: (counts) => ({
      ...responseUsage(counts),
      cost: (counts.prompt + counts.completion) * price,
      is_byok: false,
    }),
  },
})

function showsReasoning({ reasoning, include_reasoning: included }: JsonObject): boolean {
  return isObject(reasoning) ? reasoning['effort'] !== 'none' && reasoning['enabled'] !== false : included === true
}

function isAnthropic({ modelName }: ChatContext): boolean {
  return modelName.startsWith('anthropic/')
}

function told(text: string, context: ChatContext): JsonObject {
  return isAnthropic(context)
    ? { type: 'reasoning.text', text, format: 'anthropic-claude-v1', index: 0 }
    : { type: 'reasoning.summary', summary: text, format: 'openai-responses-v1', index: 0 }
}

function sealed(context: ChatContext): JsonObject {
  const secret = lettersOf(`${context.id} reasoning`, 120)
  return isAnthropic(context)
    ? { type: 'reasoning.text', signature: secret, format: 'anthropic-claude-v1', index: 0 }
    : {
        type: 'reasoning.encrypted',
        data: secret,
        id: `rs_${hexOf(context.id, 48)}`,
        format: 'openai-responses-v1',
        index: 1,
      }
}

function topOf(context: ChatContext, object: string): JsonObject {
  const { id, created, modelName } = context
  const provider = { openai: 'OpenAI', anthropic: 'Anthropic', google: 'Google' }[modelName.split('/')[0] ?? '']
  const fingerprint = /gpt-4o/.test(modelName) ? { system_fingerprint: fingerprintOf(context.model) } : {}
  return { id, provider: provider ?? 'Interlingua', model: modelName, object, created, ...fingerprint }
}

function usageOf({ prompt, cached, completion, reasoning }: Counts): JsonObject {
  const [input, output] = [prompt * price, completion * price]
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    cost: input + output,
    is_byok: false,
    prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: 0, audio_tokens: 0, video_tokens: 0 },
    cost_details: {
      upstream_inference_cost: input + output,
      upstream_inference_prompt_cost: input,
      upstream_inference_completions_cost: output,
    },
    completion_tokens_details: { reasoning_tokens: reasoning, image_tokens: 0, audio_tokens: 0 },
  }
}

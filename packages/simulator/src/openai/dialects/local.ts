import { objectsIn, isObject, type JsonObject } from '../../json.ts'
import type { ChatContext, Counts, Dialect } from '../dialect.ts'
import { badRequest, type Problem } from '../problem.ts'
import { compatible } from './compatible.ts'

/** llama.cpp's server, as recorded: timings, its own error codes, images only with a projector. */
export const llamacpp: Dialect = compatible({
  name: 'llamacpp',
  models: ['Qwen3-1.7B-Q4_K_M'],
  streamType: 'text/event-stream',
  // It serves the one model that it has loaded, whatever is asked for.
  answeredModel: ({ id }) => `/models/${id}.gguf`,
  unauthorized: () => ({ status: 401, message: 'Invalid API Key', type: 'authentication_error' }),
  error: ({ status, message, type = 'invalid_request_error' }) => ({ error: { code: status, message, type } }),
  check: llamaProblem,
  chat: {
    first: () => ({ role: 'assistant', content: null }),
    reasoning: (piece) => ({ reasoning_content: piece }),
    calls: 'joined pieces',
    usage: plainUsage,
    choice: ({ index, delta, finish, logprobs }) => ({
      finish_reason: finish,
      index,
      delta,
      ...(logprobs && { logprobs }),
    }),
    chunk: ({ kind, usage }, choices, context) => ({
      choices,
      ...topOf(context, 'chat.completion.chunk'),
      ...(kind === 'usage' && { usage, timings: timingsOf(usage ?? {}) }),
    }),
    whole: (choices, usage, context) => ({
      choices,
      ...topOf(context, 'chat.completion'),
      usage,
      timings: timingsOf(usage),
    }),
    wholeChoice: ({ index, reasoning, text, calls, finish }) => ({
      finish_reason: finish,
      index,
      message: {
        role: 'assistant',
        content: text ?? '',
        ...(reasoning !== '' && { reasoning_content: reasoning }),
        ...(calls.length > 0 && { tool_calls: calls }),
      },
    }),
  },
})

/** Ollama's `/v1`, by https://docs.ollama.com/api/openai-compatibility: no key, whole calls, reasoning in its own field. */
export const ollama: Dialect = compatible({
  name: 'ollama',
  models: ['qwen3:4b'],
  keyless: true,
  noModel: (id) => ({ status: 404, message: `model "${id}" not found, try pulling it first`, type: 'not_found_error' }),
  chat: {
    first: () => undefined,
    text: (content) => ({ role: 'assistant', content }),
    reasoning: (piece) => ({ role: 'assistant', content: '', reasoning: piece }),
    calls: 'whole',
    callDelta: (fragments) => ({ role: 'assistant', content: '', tool_calls: fragments }),
    last: () => ({ role: 'assistant', content: '' }),
    usage: barestUsage,
    choice: ({ index, delta, finish }) => ({ index, delta, finish_reason: finish }),
    chunk: ({ usage }, choices, context) => ({
      ...named(context, 'chat.completion.chunk', 'fp_ollama'),
      choices,
      ...(usage && { usage }),
    }),
    whole: (choices, usage, context) => ({ ...named(context, 'chat.completion', 'fp_ollama'), choices, usage }),
    wholeChoice: ({ index, reasoning, text, calls, finish }) => ({
      index,
      message: {
        role: 'assistant',
        content: text ?? '',
        ...(reasoning !== '' && { reasoning }),
        ...(calls.length > 0 && { tool_calls: calls }),
      },
      finish_reason: finish,
    }),
  },
})

/** vLLM, by https://docs.vllm.ai/en/latest/features/reasoning_outputs: reasoning in its own field, and a stop reason. */
export const vllm: Dialect = compatible({
  name: 'vllm',
  models: ['Qwen/Qwen3-8B'],
  keyless: true,
  noModel: (id) => ({ status: 404, message: `The model \`${id}\` does not exist.`, type: 'NotFoundError' }),
  error: ({ status, message, type = 'BadRequestError', param }) => ({
    error: { message, type, param: param ?? null, code: status },
  }),
  chat: {
    first: () => ({ role: 'assistant', content: '' }),
    reasoning: (piece) => ({ reasoning: piece }),
    usage: barestUsage,
    choice: ({ index, delta, finish, logprobs }) => ({
      index,
      delta,
      logprobs,
      finish_reason: finish,
      ...(finish !== null && { stop_reason: null }),
      token_ids: null,
    }),
    wholeChoice: ({ index, reasoning, text, refusal, calls, finish, logprobs }) => ({
      index,
      message: {
        role: 'assistant',
        content: text ?? null,
        refusal: refusal ?? null,
        annotations: null,
        tool_calls: calls,
        reasoning: reasoning === '' ? null : reasoning,
      },
      logprobs,
      finish_reason: finish,
      stop_reason: null,
      token_ids: null,
    }),
  },
})

function named({ id, created, modelName }: ChatContext, object: string, fingerprint: string): JsonObject {
  return { id, object, created, model: modelName, system_fingerprint: fingerprint }
}

function topOf(context: ChatContext, object: string): JsonObject {
  return named(context, object, 'b10499-6d05498')
}

function plainUsage(counts: Counts): JsonObject {
  return { ...barestUsage(counts), prompt_tokens_details: { cached_tokens: counts.cached } }
}

function barestUsage({ prompt, completion }: Counts): JsonObject {
  return { completion_tokens: completion, prompt_tokens: prompt, total_tokens: prompt + completion }
}

// No clock is read: a prompt is as fast as 1000 tokens a second, and an answer as 100.
function timingsOf({ prompt_tokens: prompt, completion_tokens: completion }: JsonObject): JsonObject {
  return {
    cache_n: 0,
    prompt_n: prompt,
    prompt_ms: Number(prompt),
    prompt_per_token_ms: 1,
    prompt_per_second: 1_000,
    predicted_n: completion,
    predicted_ms: Number(completion) * 10,
    predicted_per_token_ms: 10,
    predicted_per_second: 100,
  }
}

function llamaProblem(request: JsonObject): Problem | undefined {
  const { temperature, json_schema: schema, grammar } = request
  if (temperature !== undefined && temperature !== null && typeof temperature !== 'number') {
    const words = `type must be number, but is ${typeof temperature}`
    return badRequest(`Field 'temperature': [json.exception.type_error.302] ${words}`)
  }
  if (isObject(schema) && grammar !== undefined) return broken('Cannot use both json_schema and grammar')
  for (const message of objectsIn(request['messages'])) {
    for (const part of objectsIn(message['content'])) {
      const problem = partProblem(part)
      if (problem) return problem
    }
  }
  return undefined
}

function partProblem({ type, image_url: image }: JsonObject): Problem | undefined {
  if (type === 'text') return undefined
  if (type !== 'image_url' && type !== 'input_audio') return badRequest('unsupported content[].type')
  const url = isObject(image) ? String(image['url']) : ''
  if (url.startsWith('data:') && !/^data:image\/[a-z]+;base64,[A-Za-z0-9+/]+=*$/.test(url)) {
    return badRequest('Failed to load image or audio file')
  }
  return undefined
}

function broken(message: string): Problem {
  return { status: 500, message, type: 'server_error' }
}

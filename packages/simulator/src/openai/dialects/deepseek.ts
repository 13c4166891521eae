import { isObject, objectsIn, type JsonObject } from '../../json.ts'
import type { ChatContext, Counts, Dialect } from '../dialect.ts'
import { hexOf, lettersOf } from '../ids.ts'
import { badRequest, type Problem } from '../problem.ts'
import { compatible } from './compatible.ts'

/** DeepSeek's API, as recorded: reasoning beside the text, usage with the finish reason, texts only. */
export const deepseek: Dialect = compatible({
  name: 'deepseek',
  hosts: ['api.deepseek.com'],
  models: ['deepseek-v4-flash', 'deepseek-v4-pro'],
  streamType: 'text/event-stream; charset=utf-8',
  answeredModel: ({ id }) => (id.startsWith('deepseek-v4') ? id : 'deepseek-v4-flash'),
  noModel: (id) =>
    badRequest(`The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed ${id}.`),
  thinks: ({ id }, { thinking }) => {
    // Recorded: the models of 2026 think unless they are told not to.
    const type = isObject(thinking) ? thinking['type'] : undefined
    return type === undefined ? id !== 'deepseek-chat' : type === 'enabled'
  },
  unauthorized: (key) => ({
    status: 401,
    message: `Authentication Fails, Your api key: ****${key.slice(-4)} is invalid`,
    type: 'authentication_error',
  }),
  error: ({ message, type = 'invalid_request_error' }) => ({
    error: { message, type, param: null, code: 'invalid_request_error' },
  }),
  check: checked,
  callId: (text) => `call_00_${lettersOf(text, 24)}`,
  chat: {
    first: (opening, { thinks }) =>
      thinks ? { role: 'assistant', content: null, reasoning_content: '' } : { role: 'assistant', content: '' },
    text: (content, { thinks }) => ({ content, ...(thinks && { reasoning_content: null }) }),
    reasoning: (piece) => ({ content: null, reasoning_content: piece }),
    last: ({ thinks }) => ({ content: '', ...(thinks && { reasoning_content: null }) }),
    usageAt: 'finish',
    usage: usageOf,
    chunk: ({ usage }, choices, context) => ({
      ...topOf(context, 'chat.completion.chunk'),
      choices,
      ...(context.wantsUsage && { usage: usage ?? null }),
    }),
    whole: (choices, usage, context) => ({ ...topOf(context, 'chat.completion'), choices, usage }),
    wholeChoice: ({ index, reasoning, text, calls, finish, logprobs }, { thinks }) => ({
      index,
      message: {
        role: 'assistant',
        content: text ?? '',
        ...(thinks && { reasoning_content: reasoning }),
        ...(calls.length > 0 && { tool_calls: calls.map((call, at) => ({ index: at, ...call })) }),
      },
      logprobs,
      finish_reason: finish,
    }),
    logprobs: (kind, tokens) => ({ [kind === 'reasoning' ? 'reasoning_content' : 'content']: tokens }),
  },
})

function topOf({ id, created, modelName }: ChatContext, object: string): JsonObject {
  return { id, object, created, model: modelName, system_fingerprint: `fp_${hexOf(modelName, 10)}` }
}

function usageOf({ prompt, cached, completion, reasoning }: Counts, { thinks }: ChatContext): JsonObject {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached },
    ...(thinks && { completion_tokens_details: { reasoning_tokens: reasoning } }),
    prompt_cache_hit_tokens: cached,
    prompt_cache_miss_tokens: prompt - cached,
  }
}

function checked(request: JsonObject): Problem | undefined {
  for (const [at, message] of objectsIn(request['messages']).entries()) {
    const part = objectsIn(message['content']).find(({ type }) => type !== 'text')
    if (!part) continue
    // Recorded with the column where the reader gave up, which depends on how the body was written.
    const place = `at line 1 column ${JSON.stringify(request).length}`
    const words = `messages[${at}]: unknown variant \`${String(part['type'])}\`, expected \`text\` ${place}`
    return badRequest(`Failed to deserialize the JSON body into the target type: ${words}`)
  }
  const { tool_choice: choice, thinking } = request
  const forced = choice === 'required' || isObject(choice)
  const thinks = !isObject(thinking) || thinking['type'] === 'enabled'
  const asked = isObject(thinking) || request['model'] === 'deepseek-reasoner'
  return forced && thinks && asked ? badRequest('Thinking mode does not support this tool_choice') : undefined
}

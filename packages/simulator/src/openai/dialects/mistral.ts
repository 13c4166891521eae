import { objectsIn, stringsIn, textOfJson, type JsonObject } from '../../json.ts'
import type { ChatContext, Counts, Dialect } from '../dialect.ts'
import { lettersOf } from '../ids.ts'
import { badRequest, type Problem } from '../problem.ts'
import { padding } from '../padding.ts'
import { compatible } from './compatible.ts'

const mostInputs = 256
// Those of the messages of https://docs.mistral.ai/api/endpoint/chat, which refuses others.
const messageFields: ReadonlySet<string> = new Set(['role', 'content', 'tool_calls', 'prefix', 'tool_call_id', 'name'])

/** Mistral's API, as recorded: everything of an ending in one chunk, ids of nine signs, errors without an envelope. */
export const mistral: Dialect = compatible({
  name: 'mistral',
  hosts: ['api.mistral.ai'],
  models: [
    'mistral-small-latest',
    'mistral-large-latest',
    'ministral-3b-latest',
    'magistral-medium-latest',
    'mistral-embed',
  ],
  streamType: 'text/event-stream; charset=utf-8',
  noModel: (id) => ({ ...badRequest(`Invalid model: ${id}`, undefined, '1500'), type: 'invalid_model' }),
  unauthorized: () => ({ status: 401, message: 'Invalid API Key' }),
  error: ({ status, message, type = 'invalid_request_error', code }) =>
    // Recorded: the gateway in front of the service has a form of its own.
    status === 401
      ? { detail: message }
      : { object: 'error', message, type, param: null, code: code ?? null, raw_status_code: status },
  check: (request, endpoint) => (endpoint === 'embeddings' ? embeddingsProblem(request) : chatProblem(request)),
  callId: (text) => lettersOf(text, 9),
  chat: {
    first: () => ({ role: 'assistant', content: '' }),
    // Documented at https://docs.mistral.ai/capabilities/reasoning: the content becomes a list.
    reasoning: (text) => ({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] }),
    calls: 'together',
    last: () => ({ content: '' }),
    finishWithLast: true,
    usageAt: 'finish',
    usageAlways: true,
    usage: usageOf,
    choice: ({ index, delta, finish }) => ({ index, delta, finish_reason: finish }),
    chunk: ({ choices: said, usage, piece }, choices, context) => ({
      ...topOf(context, 'chat.completion.chunk'),
      choices,
      ...(usage && { usage }),
      // Recorded: what names the role is not padded.
      ...(said.every(({ delta }) => delta['role'] === undefined) && { p: padding({ piece }) }),
    }),
    whole: (choices, usage, context) => ({ ...topOf(context, 'chat.completion'), choices, usage }),
    wholeChoice: ({ index, reasoning, text, calls, finish }) => ({
      index,
      message: {
        role: 'assistant',
        tool_calls: calls.length === 0 ? null : calls.map((call, at) => Object.assign({}, call, { index: at })),
        content:
          reasoning === ''
            ? (text ?? '')
            : [
                { type: 'thinking', thinking: [{ type: 'text', text: reasoning }] },
                { type: 'text', text: text ?? '' },
              ],
      },
      finish_reason: finish,
    }),
  },
})

function topOf({ id, created, modelName }: ChatContext, object: string): JsonObject {
  return { id, object, created, model: modelName }
}

function usageOf({ prompt, cached, completion }: Counts): JsonObject {
  return {
    prompt_tokens: prompt,
    total_tokens: prompt + completion,
    completion_tokens: completion,
    prompt_tokens_details: { cached_tokens: cached },
    service_tier: 'standard',
  }
}

function chatProblem(request: JsonObject): Problem | undefined {
  if (request['logprobs'] !== undefined && request['logprobs'] !== null) {
    return {
      ...badRequest('Logprobs are not enabled for this model', undefined, '3051'),
      type: 'invalid_request_invalid_args',
    }
  }
  // Documented: unknown fields are refused, and this is one of them.
  if (request['stream_options'] !== undefined && request['stream_options'] !== null) {
    return { status: 422, message: 'Extra inputs are not permitted: stream_options', type: 'invalid_request_error' }
  }
  const extra = objectsIn(request['messages']).flatMap((message, at) =>
    Object.keys(message)
      .filter((name) => !messageFields.has(name))
      .map((name) => `messages.${at}.${textOfJson(message['role'])}.${name}`),
  )
  if (extra[0] !== undefined) {
    return { status: 422, message: `Extra inputs are not permitted: ${extra[0]}`, type: 'invalid_request_error' }
  }
  const ids = objectsIn(request['messages']).flatMap((message) =>
    stringsIn([message['tool_call_id'], ...objectsIn(message['tool_calls']).map(({ id }) => id)]),
  )
  const wrong = ids.find((id) => !/^[a-zA-Z0-9]{9}$/.test(id))
  if (wrong === undefined) return undefined
  const words = `Tool call id was ${wrong} but must be a-z, A-Z, 0-9, with a length of 9.`
  return { ...badRequest(words, undefined, '3280'), type: 'invalid_function_call' }
}

function embeddingsProblem({ input }: JsonObject): Problem | undefined {
  if (!Array.isArray(input) || input.length <= mostInputs) return undefined
  const words = 'Too many inputs in request, split into more batches.'
  return { ...badRequest(words, undefined, '3210'), type: 'invalid_request_prompt' }
}

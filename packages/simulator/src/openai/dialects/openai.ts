import { isObject, type JsonObject } from '../../json.ts'
import type { ChatContext, ChatStyle, Counts, Dialect } from '../dialect.ts'
import { nested } from '../chat-stream.ts'
import { hexOf, lettersOf } from '../ids.ts'
import { padding } from '../padding.ts'
import { findModel, type Model } from '../models.ts'
import { responseUsage } from '../responses/response.ts'
import { badRequest, type Problem } from '../problem.ts'

/** OpenAI's own way, as recorded; the others say what they do differently. */
export const openaiChat: ChatStyle = {
  first: (opening) => {
    if (opening === 'calls') return { role: 'assistant', content: null }
    if (opening === 'refusal') return { role: 'assistant', content: null, refusal: '' }
    return { role: 'assistant', content: opening === 'call' ? null : '', refusal: null }
  },
  joinsFirstCall: true,
  firstLogprobs: { content: [], refusal: null },
  mostChoices: Infinity,
  text: (content) => ({ content }),
  reasoning: () => undefined,
  refusal: (refusal) => ({ refusal }),
  calls: 'pieces',
  callDelta: (fragments) => ({ tool_calls: fragments }),
  last: () => ({}),
  finishWithLast: false,
  usageAt: 'own',
  usageAlways: false,
  usage: usageOf,
  choice: ({ index, delta, finish, logprobs }, { model }) => ({
    index,
    delta,
    // Recorded: models that think do not have the field.
    ...(!model.reasons && { logprobs }),
    finish_reason: finish,
  }),
  chunk: (chunk, choices, context) => ({
    id: context.id,
    object: 'chat.completion.chunk',
    created: context.created,
    model: context.modelName,
    service_tier: 'default',
    system_fingerprint: fingerprintOf(context.model),
    choices,
    ...(context.wantsUsage && { usage: chunk.usage ?? null }),
    ...(padded(context) && { obfuscation: padding(chunk) }),
  }),
  wholeChoice: ({ index, text, refusal, calls, annotations, finish, logprobs }, { model }) => ({
    index,
    message: {
      role: 'assistant',
      content: text ?? null,
      ...(calls.length > 0 && { tool_calls: calls }),
      refusal: refusal ?? null,
      annotations: annotations.map(nested),
    },
    ...(!model.reasons && { logprobs }),
    finish_reason: finish,
  }),
  whole: (choices, usage, { id, created, modelName, model }) => ({
    id,
    object: 'chat.completion',
    created,
    model: modelName,
    choices,
    usage,
    service_tier: 'default',
    system_fingerprint: fingerprintOf(model),
  }),
  logprobs: (kind, tokens) =>
    kind === 'refusal' ? { content: null, refusal: tokens } : { content: tokens, refusal: null },
  comment: '',
  done: true,
}

/** OpenAI itself. */
export const openai: Dialect = {
  name: 'openai',
  hosts: ['api.openai.com'],
  strict: true,
  keyless: false,
  streamType: 'text/event-stream; charset=utf-8',
  model: (id, endpoint) => findModel(id) ?? modelNotFound(id, endpoint),
  answeredModel: ({ snapshot }) => snapshot,
  thinks: (model, request) => {
    const { reasoning_effort: flat, reasoning } = request
    const effort = flat ?? (isObject(reasoning) ? reasoning['effort'] : undefined) ?? model.effort
    return model.reasons && effort !== 'none' && effort !== 'minimal'
  },
  unauthorized: (key, endpoint) =>
    key === ''
      ? // Documented in OpenAI's help pages; not recorded.
        { status: 401, message: missingKey }
      : {
          // Recorded of responses only.
          ...(endpoint === 'responses' && { headers: { 'content-type': 'text/plain' }, beside: { status: 401 } }),
          status: 401,
          message: `Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
          code: 'invalid_api_key',
        },
  error: nestedError,
  check: () => undefined,
  callId: (text) => `call_${lettersOf(text, 24)}`,
  models: [],
  limitsReasoning: true,
  chat: { ...openaiChat, uniformText: true },
  responses: {
    named: true,
    done: false,
    comment: '',
    pads: true,
    alwaysSummarizes: false,
    reasoningItem: (item) => item,
    response: (response) => response,
    usage: responseUsage,
  },
}

/** The error body of OpenAI, and of most others. */
function nestedError({ message, type = 'invalid_request_error', param, code, beside }: Problem): JsonObject {
  return { error: { message, type, param: param ?? null, code: code ?? null }, ...beside }
}

const missingKey =
  "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys."

function modelNotFound(id: string, endpoint: string): Problem {
  // Recorded: Responses have a status and a wording of their own.
  if (endpoint === 'responses') {
    return badRequest(`The requested model '${id}' does not exist.`, 'model', 'model_not_found')
  }
  const why = endpoint === 'models' ? 'does not exist' : 'does not exist or you do not have access to it.'
  return {
    status: 404,
    message: `The model ${endpoint === 'models' ? `'${id}'` : `\`${id}\``} ${why}`,
    code: 'model_not_found',
    ...(endpoint === 'models' && { param: 'model' }),
  }
}

// Recorded: eight signs at the beginning and four at the end are told.
function masked(key: string): string {
  return key.length <= 12 ? key : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`
}

function usageOf({ prompt, cached, completion, reasoning }: Counts): JsonObject {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

/** Recorded: models of 2025 that think, and the oldest ones, have none. */
export function fingerprintOf(model: Model): string | null {
  const known = fingerprints.get(model)
  if (known !== undefined) return known
  const { id, reasons } = model
  const made = reasons || id.startsWith('gpt-3.5') ? null : `fp_${hexOf(id, 10)}`
  fingerprints.set(model, made)
  return made
}

// Every chunk of a stream has it.
const fingerprints = new WeakMap<Model, string | null>()

function padded({ request }: ChatContext): boolean {
  const { stream_options: options } = request
  return !(isObject(options) && options['include_obfuscation'] === false)
}

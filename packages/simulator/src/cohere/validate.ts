import { isObject } from '../json.ts'
import type { Call } from '../route.ts'
import { documentsProblem, messagesProblem, toolsProblem } from './checks.ts'
import { badRequest, unrecognized, type Problem } from './errors.ts'
import type { Model } from './models.ts'
import { imagesProblem } from './images.ts'
import { schemaProblem } from './schema-problem.ts'
import { any, flag, float, integer, list, object, problemIn, struct, text } from './shape.ts'
import { promptChars, promptTokens } from './usage.ts'
import type { ChatRequest } from './wire.ts'

const part = struct({
  type: text,
  text,
  thinking: text,
  image_url: struct({ url: text, detail: text }),
  document: any,
})

// The fields of https://docs.cohere.com/reference/chat, and `response_format.schema`, an older name in recordings.
const chatRequest = struct({
  model: text,
  messages: list(
    struct({
      role: text,
      content: { kind: 'text or parts', parts: list(part) },
      tool_call_id: text,
      tool_calls: list(struct({ id: text, type: text, function: struct({ name: text, arguments: text }) })),
      tool_plan: text,
      citations: list(object),
    }),
  ),
  stream: flag,
  tools: list(struct({ type: text, function: struct({ name: text, description: text, parameters: object }) })),
  strict_tools: flag,
  tool_choice: text,
  documents: list(any),
  citation_options: struct({ mode: text }),
  response_format: struct({ type: text, json_schema: object, schema: object }),
  safety_mode: text,
  max_tokens: integer,
  stop_sequences: list(text),
  temperature: float,
  seed: integer,
  frequency_penalty: float,
  presence_penalty: float,
  k: integer,
  p: float,
  logprobs: flag,
  thinking: struct({ type: text, token_budget: integer }),
  priority: integer,
})

/** What is wrong with a body before its model is looked at: syntax, unknown fields, types, and what must be there. */
export function shapeProblem({ json, syntaxError }: Call): Problem | undefined {
  if (syntaxError !== undefined) return badRequest(`invalid json syntax: ${syntaxError}`)
  const problem = problemIn(json ?? {}, chatRequest, 'chat')
  if (problem) return problem
  if (!isObject(json) || !json['model']) return badRequest('a model parameter is required for this endpoint.')
  if (Array.isArray(json['messages']) && json['messages'].length > 0) return undefined
  return badRequest('invalid request: message must be at least 1 token long or tool results must be specified.')
}

/** Whether a body in which `shapeProblem` found nothing is a request; the compiler's side of that check. */
export function isChatRequest(json: unknown): json is ChatRequest {
  return isObject(json) && typeof json['model'] === 'string' && Array.isArray(json['messages'])
}

/** What is wrong with a well-formed request to a known model. */
export function checkRequest(request: ChatRequest, model: Model): Problem | undefined {
  return (
    messagesProblem(request.messages) ??
    imagesProblem(request, model) ??
    toolsProblem(request) ??
    documentsProblem(request.documents ?? []) ??
    formatProblem(request) ??
    rangeProblem(request) ??
    limitProblem(request, model) ??
    contextProblem(request, model) ??
    wordProblem(request)
  )
}

function formatProblem({ response_format, documents, tools }: ChatRequest): Problem | undefined {
  if (response_format == null) return undefined
  const { type } = response_format
  if (type !== 'text' && type !== 'json_object') {
    return badRequest("invalid request: response_format.type must be one of 'text', or 'json_object'.")
  }
  if (type === 'text') return undefined
  if (documents?.length || tools?.length) {
    return badRequest('invalid request: response_format is not supported with RAG.')
  }
  const schema = response_format.json_schema ?? response_format.schema
  return schema ? schemaProblem(schema) : undefined
}

function contextProblem(request: ChatRequest, { contextLength }: Model): Problem | undefined {
  // A token has a character at least, so that most requests need no counting.
  if (promptChars(request) <= contextLength) return undefined
  const excess = promptTokens(request) - contextLength
  if (excess <= 0) return undefined
  const advice = "Try using shorter or fewer inputs, or setting prompt_truncation='AUTO'."
  return badRequest(`too many tokens: size limit exceeded by ${excess} tokens. ${advice}`)
}

const ranges = [
  ['temperature', 0, 1, '0 and 1.0'],
  ['frequency_penalty', 0, 1, '0 and 1'],
  ['presence_penalty', 0, 1, '0 and 1'],
  ['k', 0, 500, '0 and 500'],
  ['p', 0.01, 0.99, '0.01 and 0.99'],
  ['priority', 0, 999, '0 and 999'],
  ['seed', 0, 2 ** 64, '0 and 18446744073709551615'],
] as const

function rangeProblem(request: ChatRequest): Problem | undefined {
  for (const [name, least, most, words] of ranges) {
    const value = request[name]
    if (value == null || (value >= least && value <= most)) continue
    return badRequest(`invalid request: ${name} must be between ${words} inclusive.`)
  }
  return undefined
}

function limitProblem(request: ChatRequest, model: Model): Problem | undefined {
  const { max_tokens, stop_sequences, thinking, frequency_penalty, presence_penalty } = request
  if ((max_tokens ?? 0) < 0) return badRequest('invalid request: max_tokens cannot be less than 0.')
  if (model.strict && (max_tokens ?? 0) > model.maxOutput) {
    const most = `${model.maxOutput}, the maximum output for this model - received ${max_tokens}.`
    return badRequest(`too many tokens: max tokens must be less than or equal to ${most}`)
  }
  if ((stop_sequences?.length ?? 0) > 5) {
    const received = `received ${stop_sequences?.length}.`
    return badRequest(`invalid request: too many stop sequences provided, maximum is 5, ${received}`)
  }
  if ((thinking?.token_budget ?? 1) < 1) {
    return badRequest('invalid request: thinking.token_budget must be at least 1.')
  }
  if (model.strict && frequency_penalty && presence_penalty) {
    return badRequest('invalid request: cannot specify both frequency_penalty and presence_penalty.')
  }
  return undefined
}

function wordProblem(request: ChatRequest): Problem | undefined {
  // Recorded in lower case too, unlike the other words.
  const mode = request.citation_options?.mode
  const words: [string, string | null | undefined, string[]][] = [
    ['safety mode', request.safety_mode, ['CONTEXTUAL', 'STRICT', 'OFF']],
    ['tool choice', request.tool_choice, ['REQUIRED', 'NONE']],
    ['citation mode', mode?.toUpperCase(), ['ENABLED', 'DISABLED', 'FAST', 'ACCURATE', 'OFF']],
    ['thinking type', request.thinking?.type, ['enabled', 'disabled']],
  ]
  for (const [what, value, allowed] of words) {
    if (value != null && !allowed.includes(value)) return unrecognized(what, value)
  }
  return undefined
}

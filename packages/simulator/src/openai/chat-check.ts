import { isObject } from '../json.ts'
import { chatShape } from './chat-shape.ts'
import { contextProblem } from './context.ts'
import type { Model } from './models.ts'
import { badRequest, firstProblem, type Problem } from './problem.ts'
import { imageProblem } from './image.ts'
import { responseFormatProblem, toolSchemaProblem } from './schema-problem.ts'
import { missingParameter, problemIn } from './shape.ts'
import { chatTokens } from './prompt-tokens.ts'
import type { ChatRequest, Message } from './wire.ts'

/** What is wrong with the form of a body, before its model is looked at. */
export function chatShapeProblem(json: unknown, strict: boolean): Problem | undefined {
  if (!isObject(json) || typeof json['model'] !== 'string' || json['model'] === '') {
    return badRequest('you must provide a model parameter')
  }
  if (json['messages'] === undefined || json['messages'] === null) return missingParameter('messages')
  const problem = problemIn(json, chatShape)
  if (strict || !problem) return problem
  // Other servers let pass what they do not know, but not what they cannot read.
  return Array.isArray(json['messages']) && json['messages'].every(isObject) ? undefined : problem
}

/** Whether a body in which nothing is wrong is a request; the compiler's side of that check. */
export function isChatRequest(json: unknown): json is ChatRequest {
  return isObject(json) && typeof json['model'] === 'string' && Array.isArray(json['messages'])
}

/** What OpenAI refuses in a well-formed request to a known model. */
export function chatProblem(request: ChatRequest, model: Model): Problem | undefined {
  return (
    toolMessageProblem(request.messages) ??
    modelProblem(request, model) ??
    togetherProblem(request) ??
    partsProblem(request.messages, model) ??
    firstProblem(
      (request.tools ?? []).entries(),
      ([at, tool]) => tool.function && toolSchemaProblem(tool.function, `tools[${at}].function.parameters`),
    ) ??
    formatProblem(request) ??
    contextProblem(model, chatTokens(request), request.max_completion_tokens ?? request.max_tokens ?? undefined)
  )
}

/** What is wrong with the order of calls and their results. */
export function toolMessageProblem(messages: readonly Message[]): Problem | undefined {
  let [open, from]: [Set<string>, number] = [new Set(), 0]
  for (const [at, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id ?? '') && !answered(messages, from, at, message)) {
        const words = "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'"
        return badRequest(`Invalid parameter: ${words}.`, `messages.[${at}].role`)
      }
      continue
    }
    if (open.size > 0) return unanswered(open, at)
    open = new Set((message.tool_calls ?? []).map(({ id }) => id ?? ''))
    from = at
  }
  return open.size > 0 ? unanswered(open, messages.length) : undefined
}

// A result that comes twice is let through.
function answered(messages: readonly Message[], from: number, at: number, { tool_call_id: id }: Message): boolean {
  const calls = messages[from]?.tool_calls ?? []
  return at > from && calls.some((call) => call.id === id)
}

function unanswered(ids: ReadonlySet<string>, at: number): Problem {
  const rule =
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'."
  const missing = `The following tool_call_ids did not have response messages: ${[...ids].join(', ')}`
  return badRequest(`${rule} ${missing}`, `messages.[${at}].role`)
}

function modelProblem(request: ChatRequest, model: Model): Problem | undefined {
  const { max_tokens, max_completion_tokens, temperature, top_p, presence_penalty, frequency_penalty } = request
  if (model.kind !== 'chat') {
    // Documented in OpenAI's help pages.
    const words = 'This is not a chat model and thus not supported in the v1/chat/completions endpoint.'
    return { status: 404, message: `${words} Did you mean to use v1/completions?`, param: 'model' }
  }
  const most = max_completion_tokens ?? max_tokens
  const name = max_completion_tokens == null ? 'max_tokens' : 'max_completion_tokens'
  if (most != null && most > model.maxOutput) {
    const words = `This model supports at most ${model.maxOutput} completion tokens, whereas you provided ${most}.`
    return badRequest(`${name} is too large: ${most}. ${words}`, name, 'invalid_value')
  }
  if (!model.reasons) {
    return request.reasoning_effort == null
      ? undefined
      : badRequest('Unrecognized request argument supplied: reasoning_effort')
  }
  if (max_tokens != null) {
    const words = "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    return badRequest(`Unsupported parameter: ${words}`, 'max_tokens', 'unsupported_parameter')
  }
  if (request.logprobs) return { status: 403, message: 'You are not allowed to request logprobs from this model.' }
  const fixed = Object.entries({
    temperature: [temperature, 1],
    top_p: [top_p, 1],
    presence_penalty: [presence_penalty, 0],
    frequency_penalty: [frequency_penalty, 0],
  })
  return firstProblem(fixed, ([field, [value, usual]]) => {
    if (value == null || value === usual) return undefined
    const words = `'${field}' does not support ${value} with this model. Only the default (${usual}) value is supported.`
    return badRequest(`Unsupported value: ${words}`, field, 'unsupported_value')
  })
}

function togetherProblem(request: ChatRequest): Problem | undefined {
  const tools = (request.tools ?? []).length > 0
  if (request.tool_choice != null && !tools && !('functions' in request)) {
    const words = "'tool_choice' is only allowed when 'tools' are specified."
    return badRequest(`Invalid value for 'tool_choice': ${words}`, 'tool_choice')
  }
  if (request.parallel_tool_calls != null && !tools) {
    const words = "'parallel_tool_calls' is only allowed when 'tools' are specified."
    return badRequest(`Invalid value for 'parallel_tool_calls': ${words}`, 'parallel_tool_calls')
  }
  const unknown = forcedName(request.tool_choice)
  if (unknown !== undefined && !(request.tools ?? []).some((tool) => nameOf(tool) === unknown)) {
    const words = `Tool choice '${unknown}' not found in 'tools' parameter.`
    return badRequest(words, 'tool_choice')
  }
  if (request.stream_options && !request.stream) {
    return badRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options')
  }
  if (request.top_logprobs && !request.logprobs) {
    const words = "'logprobs' must be true when 'top_logprobs' is specified"
    return badRequest(`Invalid parameter: ${words}.`, 'top_logprobs')
  }
  if (request.max_tokens != null && request.max_completion_tokens != null) {
    const words = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
    return badRequest(words, 'max_tokens', 'invalid_parameter_combination')
  }
  return undefined
}

/** The name of the tool that a request wants to be called; `undefined` where it leaves that open. */
export function forcedName(choice: ChatRequest['tool_choice']): string | undefined {
  if (!isObject(choice)) return undefined
  const inner = choice['function'] ?? choice['custom'] ?? choice
  const name = isObject(inner) ? inner['name'] : undefined
  return typeof name === 'string' ? name : undefined
}

function nameOf(tool: NonNullable<ChatRequest['tools']>[number]): string | undefined {
  return tool.function?.name ?? tool.custom?.name
}

function partsProblem(messages: readonly Message[], model: Model): Problem | undefined {
  return firstProblem(messages.entries(), ([at, { content }]) =>
    typeof content === 'string'
      ? undefined
      : firstProblem((content ?? []).entries(), ([index, part]) => {
          if (part.type !== 'image_url') return undefined
          const path = `messages[${at}].content[${index}]`
          if (!model.sees) {
            const words = 'Invalid content type. image_url is only supported by certain models.'
            return badRequest(words, `messages.[${at}].content.[${index}].type`)
          }
          return imageProblem(part.image_url?.url ?? '', `${path}.image_url.url`)
        }),
  )
}

function formatProblem({ response_format: format, messages }: ChatRequest): Problem | undefined {
  if (format?.type === 'json_object' && !/json/i.test(JSON.stringify(messages))) {
    const words =
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
    return badRequest(words, 'messages')
  }
  return format?.json_schema ? responseFormatProblem(format.json_schema, 'response_format') : undefined
}

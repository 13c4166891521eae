import { isObject, objectsIn, type JsonObject } from '../../json.ts'
import type { Counts } from '../dialect.ts'
import type { Model } from '../models.ts'
import { strictProblem } from '../schema-problem.ts'

/** What a response is made of, beside what the request says. */
export interface ResponseParts {
  readonly id: string
  readonly created: number
  readonly model: Model
  readonly modelName: string
  readonly status: 'queued' | 'in_progress' | 'completed' | 'incomplete' | 'failed' | 'cancelled'
  readonly output: readonly JsonObject[]
  readonly usage: JsonObject | null
  readonly incomplete?: string
  readonly error?: { readonly code: string; readonly message: string }
}

/** A response with the fields that every recorded one has, in the order of OpenAI's reference. */
export function responseJson(request: JsonObject, parts: ResponseParts): JsonObject {
  const { id, created, model, status, output, usage } = parts
  const stored = request['store'] ?? true
  const done = status === 'completed'
  return {
    id,
    object: 'response',
    created_at: created,
    status,
    background: request['background'] ?? false,
    completed_at: done ? created + 1 : null,
    error: parts.error ?? null,
    frequency_penalty: 0,
    incomplete_details: parts.incomplete === undefined ? null : { reason: parts.incomplete },
    instructions: request['instructions'] ?? null,
    max_output_tokens: request['max_output_tokens'] ?? null,
    max_tool_calls: request['max_tool_calls'] ?? null,
    model: parts.modelName,
    moderation: null,
    output,
    parallel_tool_calls: request['parallel_tool_calls'] ?? true,
    presence_penalty: 0,
    previous_response_id: request['previous_response_id'] ?? null,
    prompt_cache_key: request['prompt_cache_key'] ?? null,
    prompt_cache_retention: request['prompt_cache_retention'] ?? (keepsLong(model) ? '24h' : 'in_memory'),
    reasoning: reasoningJson(request, model),
    safety_identifier: request['safety_identifier'] ?? null,
    service_tier: status === 'in_progress' || status === 'queued' ? 'auto' : 'default',
    store: stored,
    temperature: request['temperature'] ?? 1,
    text: textJson(request),
    tool_choice: request['tool_choice'] ?? 'auto',
    tool_usage: toolUsage(output),
    tools: objectsIn(request['tools']).map(toolJson),
    top_logprobs: request['top_logprobs'] ?? 0,
    top_p: request['top_p'] ?? (keepsLong(model) ? 0.98 : 1),
    truncation: request['truncation'] ?? 'disabled',
    usage,
    user: request['user'] ?? null,
    metadata: request['metadata'] ?? {},
  }
}

/** What a response cost. */
export function responseUsage({ prompt, cached, completion, reasoning }: Counts): JsonObject {
  return {
    input_tokens: prompt,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
    output_tokens: completion,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: prompt + completion,
  }
}

// Recorded of gpt-5.2 and later.
function keepsLong({ id }: Model): boolean {
  return /^gpt-5\.[2-9]/.test(id)
}

function reasoningJson(request: JsonObject, model: Model): JsonObject {
  const { effort, summary, context, mode } = isObject(request['reasoning']) ? request['reasoning'] : {}
  if (!model.reasons) return { context: null, effort: null, summary: null }
  return {
    context: context ?? (/^gpt-5\.[4-9]/.test(model.id) ? 'all_turns' : 'current_turn'),
    effort: effort ?? model.effort ?? null,
    mode: mode ?? 'standard',
    summary: summary === 'auto' ? 'detailed' : (summary ?? null),
  }
}

function textJson({ text }: JsonObject): JsonObject {
  const { format, verbosity } = isObject(text) ? text : {}
  const written =
    isObject(format) && format['type'] === 'json_schema'
      ? {
          type: 'json_schema',
          description: null,
          name: format['name'],
          schema: format['schema'],
          strict: true,
          ...format,
        }
      : (format ?? { type: 'text' })
  return { format: written, verbosity: verbosity ?? 'medium' }
}

function toolJson(tool: JsonObject): JsonObject {
  if (tool['type'] !== 'function') return tool
  // Recorded: where a request does not say otherwise, parameters become strict if closing all objects is enough for it.
  const closed = isObject(tool['parameters']) ? closedSchema(tool['parameters']) : {}
  const strict = tool['strict'] ?? strictProblem(closed) === undefined
  const parameters = strict === true && tool['strict'] === undefined ? closed : tool['parameters']
  return {
    type: 'function',
    description: tool['description'] ?? null,
    name: tool['name'],
    parameters: parameters ?? null,
    output_schema: tool['output_schema'] ?? null,
    strict,
  }
}

function closedSchema(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema).map(([name, part]): [string, unknown] => {
    if (name === 'properties' && isObject(part)) {
      const inner = Object.entries(part).map(([key, one]): [string, unknown] => [
        key,
        isObject(one) ? closedSchema(one) : one,
      ])
      return [name, Object.fromEntries(inner)]
    }
    return [name, name === 'items' && isObject(part) ? closedSchema(part) : part]
  })
  const closed = Object.fromEntries(entries)
  return schema['type'] === 'object'
    ? { required: [], ...closed, additionalProperties: schema['additionalProperties'] ?? false }
    : closed
}

function toolUsage(output: readonly JsonObject[]): JsonObject {
  const none = { image_tokens: 0, text_tokens: 0 }
  return {
    image_gen: {
      input_tokens: 0,
      input_tokens_details: none,
      output_tokens: 0,
      output_tokens_details: none,
      total_tokens: 0,
    },
    web_search: { num_requests: output.filter(({ type }) => type === 'web_search_call').length },
  }
}

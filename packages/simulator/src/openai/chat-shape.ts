import { any, decimal, flag, integer, list, object, oneOf, struct, tagged, text, type Shape } from './shape.ts'
import { badRequest } from './problem.ts'

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh']

const textPart = struct({ type: text(), text: text() }, ['text'])
const part = tagged({
  text: textPart,
  image_url: struct(
    { type: text(), image_url: struct({ url: text(), detail: text(['auto', 'low', 'high', 'original']) }, ['url']) },
    ['image_url'],
  ),
  input_audio: struct(
    { type: text(), input_audio: struct({ data: text(), format: text(['wav', 'mp3']) }, ['data', 'format']) },
    ['input_audio'],
  ),
  file: struct({ type: text(), file: struct({ file_data: text(), file_id: text(), filename: text() }) }, ['file']),
})
const assistantPart = tagged({ text: textPart, refusal: struct({ type: text(), refusal: text() }, ['refusal']) })

/** The pattern of names of tools, at both endpoints. */
export const toolName: Shape = {
  name: 'a string',
  check: (value, path) => {
    const problem = text(undefined, { min: 1, max: 64 }).check(value, path)
    if (problem || typeof value !== 'string' || /^[a-zA-Z0-9_-]+$/.test(value)) return problem
    const why = "Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."
    return badRequest(`Invalid '${path}': string does not match pattern. ${why}`, path, 'invalid_value')
  },
}

const named = struct({ name: text() }, ['name'])
const toolCall = tagged({
  function: struct(
    { id: text(), type: text(), function: struct({ name: toolName, arguments: text() }, ['name', 'arguments']) },
    ['id', 'function'],
  ),
  custom: struct({ id: text(), type: text(), custom: struct({ name: toolName, input: text() }, ['name', 'input']) }, [
    'id',
    'custom',
  ]),
})

const message = tagged(
  {
    system: struct({ role: text(), name: text(), content: oneOf(text(), list(tagged({ text: textPart }))) }, [
      'content',
    ]),
    assistant: struct({
      role: text(),
      name: text(),
      content: oneOf(text(), list(assistantPart)),
      refusal: text(),
      audio: object,
      function_call: object,
      // What the service answers may be sent back as it is.
      annotations: list(object),
      tool_calls: list(toolCall, { min: 1, max: 128 }),
    }),
    user: struct({ role: text(), name: text(), content: oneOf(text(), list(part, { min: 1 })) }, ['content']),
    function: struct({ role: text(), name: text(), content: text() }, ['name']),
    tool: struct({ role: text(), content: oneOf(text(), list(tagged({ text: textPart }))), tool_call_id: text() }, [
      'content',
      'tool_call_id',
    ]),
    developer: struct({ role: text(), name: text(), content: oneOf(text(), list(tagged({ text: textPart }))) }, [
      'content',
    ]),
  },
  { field: 'role' },
)

const functionTool = struct(
  { name: toolName, description: text(undefined, { max: 1024 }), parameters: object, strict: flag },
  ['name'],
)
const tool = tagged({
  function: struct({ type: text(), function: functionTool }, ['function']),
  custom: struct({ type: text(), custom: struct({ name: toolName, description: text(), format: object }, ['name']) }, [
    'custom',
  ]),
})
const choiceWords = text(['none', 'auto', 'required'])
const toolChoice = oneOf(
  choiceWords,
  tagged({
    function: struct({ type: text(), function: named }, ['function']),
    custom: struct({ type: text(), custom: named }, ['custom']),
    allowed_tools: struct(
      {
        type: text(),
        allowed_tools: struct({ mode: text(['auto', 'required']), tools: list(object) }, ['mode', 'tools']),
      },
      ['allowed_tools'],
    ),
  }),
)

/** A request of `POST /v1/chat/completions` (https://platform.openai.com/docs/api-reference/chat/create). */
export const chatShape: Shape = struct(
  {
    messages: list(message, { min: 1 }),
    model: text(),
    audio: object,
    frequency_penalty: decimal(-2, 2),
    function_call: any,
    functions: list(functionTool, { min: 1, max: 128 }),
    logit_bias: object,
    logprobs: flag,
    max_completion_tokens: integer(1),
    max_tokens: integer(1),
    metadata: object,
    modalities: list(text(['text', 'audio'])),
    moderation: any,
    n: integer(1, 128),
    parallel_tool_calls: flag,
    prediction: object,
    presence_penalty: decimal(-2, 2),
    prompt_cache_key: text(),
    prompt_cache_options: object,
    prompt_cache_retention: text(['in_memory', '24h']),
    reasoning_effort: text(efforts),
    response_format: tagged({
      text: struct({ type: text() }),
      json_object: struct({ type: text() }),
      json_schema: struct(
        {
          type: text(),
          json_schema: struct({ name: toolName, description: text(), schema: object, strict: flag }, ['name']),
        },
        ['json_schema'],
      ),
    }),
    safety_identifier: text(),
    seed: integer(),
    service_tier: text(['auto', 'default', 'flex', 'scale', 'priority', 'fast']),
    stop: oneOf(text(), list(text(), { max: 4 })),
    store: flag,
    stream: flag,
    stream_options: struct({ include_usage: flag, include_obfuscation: flag }),
    temperature: decimal(0, 2),
    tool_choice: toolChoice,
    tools: list(tool, { max: 128 }),
    top_logprobs: integer(0, 20),
    top_p: decimal(0, 1),
    user: text(),
    verbosity: text(['low', 'medium', 'high']),
    web_search_options: object,
  },
  [],
  // Only the top of a chat's request is spoken of in this older way.
  (name) => badRequest(`Unrecognized request argument supplied: ${name}`),
)

/** The words of the effort of reasoning. */
export const effortShape: Shape = text(efforts)

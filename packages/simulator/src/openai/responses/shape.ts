import { effortShape, toolName } from '../chat-shape.ts'
import { any, decimal, flag, integer, list, object, oneOf, struct, tagged, text, type Shape } from '../shape.ts'

const id = text(undefined, { max: 64 })
const status = text(['in_progress', 'completed', 'incomplete'])
const output = (type: string, fields: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape =>
  struct({ type: text([type]), id, status, ...fields }, required)

const part = tagged({
  input_text: struct({ type: text(), text: text() }, ['text']),
  input_image: struct({
    type: text(),
    image_url: text(),
    file_id: text(),
    detail: text(['low', 'high', 'auto', 'original']),
  }),
  input_file: struct({
    type: text(),
    file_data: text(),
    file_id: text(),
    file_url: text(),
    filename: text(),
    detail: text(),
  }),
  input_audio: struct({ type: text(), input_audio: object }, ['input_audio']),
  output_text: struct({ type: text(), text: text(), annotations: list(object), logprobs: any }, ['text']),
  refusal: struct({ type: text(), refusal: text() }, ['refusal']),
})

const message = struct(
  {
    type: text(),
    id,
    status,
    phase: text(['commentary', 'final_answer']),
    role: text(['assistant', 'system', 'developer', 'user']),
    content: oneOf(text(), list(part)),
  },
  ['role', 'content'],
)

// Items of tools that the service runs itself are sent back as they came; their fields are not looked at.
const own = Object.fromEntries(
  [
    'file_search_call',
    'computer_call',
    'computer_call_output',
    'web_search_call',
    'image_generation_call',
    'code_interpreter_call',
    'local_shell_call',
    'local_shell_call_output',
    'shell_call',
    'shell_call_output',
    'apply_patch_call',
    'apply_patch_call_output',
    'mcp_list_tools',
    'mcp_approval_request',
    'mcp_approval_response',
    'mcp_call',
    'compaction',
    'tool_search_call',
    'tool_search_output',
    'additional_tools',
    'configuration_update',
    'compaction_trigger',
    'program',
    'program_output',
  ].map((type) => [type, object]),
)

const item = tagged(
  {
    message,
    function_call: output(
      'function_call',
      {
        call_id: text(undefined, { min: 1, max: 64 }),
        name: text(),
        arguments: text(),
        namespace: text(),
        caller: any,
      },
      ['call_id', 'name', 'arguments'],
    ),
    function_call_output: output(
      'function_call_output',
      { call_id: text(undefined, { min: 1, max: 64 }), output: oneOf(text(), list(part)), caller: any },
      ['call_id', 'output'],
    ),
    custom_tool_call: output(
      'custom_tool_call',
      { call_id: text(), name: text(), input: text(), namespace: text(), caller: any },
      ['call_id', 'name', 'input'],
    ),
    custom_tool_call_output: output(
      'custom_tool_call_output',
      { call_id: text(), output: oneOf(text(), list(part)), caller: any },
      ['call_id', 'output'],
    ),
    reasoning: output(
      'reasoning',
      {
        summary: list(struct({ type: text(), text: text() }, ['text'])),
        content: list(object),
        encrypted_content: text(),
      },
      ['id', 'summary'],
    ),
    item_reference: struct({ type: text(), id }, ['id']),
    ...own,
  },
  { usual: 'message' },
)

const functionTool = struct(
  {
    type: text(),
    name: toolName,
    description: text(),
    parameters: object,
    strict: flag,
    defer_loading: flag,
    output_schema: any,
    allowed_callers: any,
  },
  ['name'],
)
// Tools that the service runs itself.
const hosted = Object.fromEntries(
  [
    'file_search',
    'web_search',
    'web_search_2025_08_26',
    'web_search_preview',
    'web_search_preview_2025_03_11',
    'computer',
    'computer_use_preview',
    'mcp',
    'code_interpreter',
    'image_generation',
    'local_shell',
    'shell',
    'apply_patch',
    'namespace',
    'tool_search',
    'programmatic_tool_calling',
  ].map((type) => [type, object]),
)
const tool = tagged({
  function: functionTool,
  custom: struct(
    { type: text(), name: toolName, description: text(), format: object, defer_loading: flag, allowed_callers: any },
    ['name'],
  ),
  ...hosted,
})

const format = tagged({
  text: struct({ type: text() }),
  json_object: struct({ type: text() }),
  json_schema: struct({ type: text(), name: toolName, description: text(), schema: object, strict: flag }, [
    'name',
    'schema',
  ]),
})

/** A request of `POST /v1/responses` (https://platform.openai.com/docs/api-reference/responses/create). */
export const responsesShape: Shape = struct({
  access_programs: any,
  background: flag,
  context_management: any,
  conversation: any,
  image: any,
  include: list(
    text([
      'file_search_call.results',
      'web_search_call.results',
      'web_search_call.action.sources',
      'message.input_image.image_url',
      'computer_call_output.output.image_url',
      'code_interpreter_call.outputs',
      'reasoning.encrypted_content',
      'message.output_text.logprobs',
    ]),
  ),
  input: oneOf(text(), list(item)),
  instructions: oneOf(text(), list(item)),
  max_output_tokens: integer(16),
  max_tool_calls: integer(1),
  metadata: object,
  model: text(),
  moderation: any,
  parallel_tool_calls: flag,
  previous_response_id: text(),
  prompt: object,
  prompt_cache_key: text(),
  prompt_cache_options: object,
  prompt_cache_retention: text(['in_memory', '24h']),
  reasoning: struct({
    context: text(),
    effort: effortShape,
    mode: text(),
    summary: text(['concise', 'detailed', 'auto']),
    generate_summary: text(['concise', 'detailed', 'auto']),
  }),
  safety_identifier: text(),
  service_tier: text(['auto', 'default', 'flex', 'scale', 'priority', 'fast']),
  store: flag,
  stream: flag,
  stream_options: struct({ include_obfuscation: flag }),
  temperature: decimal(0, 2),
  text: struct({ format, verbosity: text(['low', 'medium', 'high']) }),
  tool_choice: any,
  tools: list(tool),
  top_logprobs: integer(0, 20),
  top_p: decimal(0, 1),
  truncation: text(['auto', 'disabled']),
  user: text(),
})

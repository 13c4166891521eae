import type { FieldNames } from '../field-names.ts'

/**
 * The fields of the Responses API that need no more than another name.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export const fieldNames: FieldNames = {
  temperature: 'temperature',
  top_p: 'topP',
  max_output_tokens: 'maxTokens',
  max_tool_calls: 'maxToolCalls',
  top_logprobs: 'topLogprobs',
  metadata: 'requestMetadata',
  moderation: 'moderation',
  prompt_cache_key: 'promptCacheKey',
  prompt_cache_options: 'promptCacheOptions',
  prompt_cache_retention: 'promptCacheRetention',
  safety_identifier: 'safetyIdentifier',
  service_tier: 'serviceTier',
  user: 'user',
  background: 'background',
  context_management: 'contextManagement',
}

/** The fields that are read one by one. */
export const readFields: ReadonlySet<string> = new Set([
  'model',
  'input',
  'instructions',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'reasoning',
  'text',
  'include',
  'store',
  'truncation',
  // Refused where they cannot be passed: without them the conversation would be another one.
  'previous_response_id',
  'conversation',
  'prompt',
])

/** Where those went, for what is told of them. */
export const readFieldNames: FieldNames = {
  tool_choice: 'toolChoice',
  tools: 'builtInTools',
  parallel_tool_calls: 'parallelToolCalls',
  'text.format': 'responseFormat',
  'text.verbosity': 'verbosity',
  'reasoning.effort': 'reasoningEffort',
  'reasoning.summary': 'reasoning',
  include: 'logprobs',
}

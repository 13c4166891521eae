import type { FieldNames } from '../field-names.ts'

/**
 * The fields of chat completions that need no more than another name.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export const fieldNames: FieldNames = {
  temperature: 'temperature',
  top_p: 'topP',
  // Not OpenAI's, but of many servers that its clients are used with.
  top_k: 'topK',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  seed: 'seed',
  logprobs: 'logprobs',
  top_logprobs: 'topLogprobs',
  logit_bias: 'logitBias',
  reasoning_effort: 'reasoningEffort',
  verbosity: 'verbosity',
  modalities: 'modalities',
  audio: 'audio',
  service_tier: 'serviceTier',
  store: 'store',
  metadata: 'requestMetadata',
  prompt_cache_key: 'promptCacheKey',
  prompt_cache_retention: 'promptCacheRetention',
  prompt_cache_options: 'promptCacheOptions',
  safety_identifier: 'safetyIdentifier',
  user: 'user',
  moderation: 'moderation',
}

/** The fields that are read one by one. */
export const readFields: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'stop',
  'n',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'prediction',
  'web_search_options',
])

/** Where those went, for what is told of them. */
export const readFieldNames: FieldNames = {
  n: 'choices',
  max_completion_tokens: 'maxTokens',
  tool_choice: 'toolChoice',
  parallel_tool_calls: 'parallelToolCalls',
  response_format: 'responseFormat',
  web_search_options: 'webSearch',
}

import type { FieldNames } from '../field-names.ts'

/**
 * The fields of Cohere's chat that need no more than another name.
 *
 * @see https://docs.cohere.com/reference/chat
 */
export const fieldNames: FieldNames = {
  temperature: 'temperature',
  max_tokens: 'maxTokens',
  p: 'topP',
  k: 'topK',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  seed: 'seed',
  stop_sequences: 'stop',
  safety_mode: 'safetyMode',
  logprobs: 'logprobs',
  documents: 'documents',
  citation_options: 'citationOptions',
  strict_tools: 'strictTools',
  priority: 'priority',
}

/** The fields that are read one by one. */
export const readFields: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'tools',
  'tool_choice',
  'response_format',
  'thinking',
])

/** Where those went, for what is told of them. */
export const readFieldNames: FieldNames = { tool_choice: 'toolChoice', response_format: 'responseFormat' }

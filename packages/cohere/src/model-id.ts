/**
 * The ids of Cohere's chat models. Any other id is sent as it is.
 *
 * @see https://docs.cohere.com/docs/models
 */
export type CohereModelId =
  | 'command-a-plus-05-2026'
  | 'command-a-03-2025'
  | 'command-a-reasoning-08-2025'
  | 'command-a-vision-07-2025'
  | 'command-a-translate-08-2025'
  | 'command-r7b-12-2024'
  | 'command-r7b-arabic-02-2025'
  | 'command-r-08-2024'
  | 'command-r-plus-08-2024'
  | 'north-mini-code-1.0'
  | (string & {})

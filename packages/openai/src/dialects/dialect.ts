import type { Price } from '@interlingua/core'

/** The fields of a chat request that not every server has, or that it has under another name. */
export type DialectField =
  | 'max_completion_tokens'
  | 'top_k'
  | 'frequency_penalty'
  | 'presence_penalty'
  | 'seed'
  | 'stop'
  | 'n'
  | 'logprobs'
  | 'top_logprobs'
  | 'logit_bias'
  | 'user'
  | 'safety_identifier'
  | 'prompt_cache_key'
  | 'prompt_cache_retention'
  | 'prompt_cache_options'
  | 'service_tier'
  | 'store'
  | 'metadata'
  | 'modalities'
  | 'audio'
  | 'prediction'
  | 'moderation'
  | 'reasoning_effort'
  | 'verbosity'
  | 'web_search_options'
  | 'parallel_tool_calls'
  | 'response_format'
  | 'tool_choice'

/** How a server's reasoning stands in messages. */
export interface DialectThinking {
  /** Where it stands in a message: a text of this name, or parts of the content. */
  readonly field: 'reasoning' | 'reasoning_content' | 'content'
  /**
   * What of it the server takes back: what itself said (`own`), what any model said (`any`), or `nothing`, where it says that
   * thoughts are to be left out of the next request. Default: `nothing`.
   */
  readonly takes?: 'own' | 'any' | 'nothing'
}

/**
 * What sets a server apart from OpenAI's own chat completions. All else is alike, and reading is lenient: what a server adds
 * is kept, wherever it stands. Never is anything guessed from a model's name.
 *
 * ```ts
 * const ours = createOpenAI({ dialect: { name: 'ours', displayName: 'Ours', baseURL: 'https://llm.example.com/v1' } })
 * ```
 */
export interface OpenAIDialect {
  /** The provider's name, which responses and errors have, and what a message's `providerFields` are kept by. */
  readonly name: string
  /** Its name in messages. */
  readonly displayName: string
  /** Where its API is. Left out where that is each user's own: then the caller has to say. */
  readonly baseURL?: string
  /** The environment variables that may hold the API key. None: no key is needed. */
  readonly apiKeyVariables?: readonly string[]
  /** The header that the key stands in. Default: `authorization`, as a bearer token. */
  readonly apiKeyHeader?: string
  /** The header of a response that holds the id of the request. Default: `x-request-id`. */
  readonly requestIdHeader?: string
  /** The fields that it has under another name, or not at all: `false`. What it has not is told. */
  readonly fields?: Readonly<Partial<Record<DialectField, string | false>>>
  /** Whether a stream has to be asked for its usage with `stream_options`. Default: `true`. */
  readonly asksForUsage?: boolean
  /**
   * Whether its streams may end after the finish reason with neither the usage nor `[DONE]`. Nothing else tells such an end
   * from a connection that was cut: where this is `false`, it is an error of code `truncated`. Default: `true`, as long as
   * nobody has looked; the servers that are known end with one or the other.
   */
  readonly endsSilently?: boolean
  /** How its reasoning stands in messages. Default: it has none. */
  readonly thinking?: DialectThinking
  /** Whether an assistant's message has a place for a refusal; where it has none, a refusal is said as text. Default: `false`. */
  readonly takesRefusal?: boolean
  /** The other fields of an assistant's message that go back to it as they came. */
  readonly takesBack?: readonly string[]
  /** What a user's message may hold besides text. Default: all. */
  readonly media?: readonly ('image' | 'audio' | 'file')[]
  /** The ids of tool calls that it takes, and how long one is that is made in place of another. */
  readonly toolCallId?: { readonly pattern: RegExp; readonly length: number }
  /** Its word for a tool choice of `required`. Default: `required`. */
  readonly requiredToolChoice?: 'required' | 'any'
  /** Whether it takes one tool by its name as the choice. Default: `true`. */
  readonly takesNamedToolChoice?: boolean
  /** Whether it holds a model to a JSON Schema in `response_format`. Default: `true`. */
  readonly takesJsonSchema?: boolean
  /** Whether a strict schema has to be of OpenAI's subset. Default: `false`. */
  readonly hasSchemaSubset?: boolean
  /** Whether `completion_tokens` counts the tokens of the reasoning too. Default: `true`. */
  readonly countsReasoning?: boolean
  /** Whether `prompt_tokens` counts the tokens of audio too. Default: `true`. */
  readonly countsAudio?: boolean
  /** What the model writes for a source, where the answer comes with a list of pages: their numbers, as in `[2]`. */
  readonly citesByNumber?: boolean
  /** Prices by model id. Default: none are known. */
  readonly prices?: Readonly<Record<string, Price>>
  /** Where all this is documented. */
  readonly source?: string
  /** When it was looked up last, as `YYYY-MM-DD`. */
  readonly reviewed?: string
}

import type { CallParams } from '@interlingua/core'
import type { OpenAICustomTool, OpenAIResponseFormat, OpenAIWebSearch } from '../params.ts'
import type {
  WireIncludable,
  WireModerationRequest,
  WirePrompt,
  WirePromptCacheOptions,
  WireReasoning,
  WireReasoningEffort,
  WireServiceTier,
} from './wire.ts'
import type { WireBuiltInTool, WireSpecificToolChoice } from './wire-tool.ts'

/** A tool that is no function of the caller's: one that OpenAI runs, such as `web_search`, or that it defines, such as `shell`. */
export type OpenAIBuiltInTool = WireBuiltInTool

/**
 * The parameters of a call of OpenAI's Responses API: the neutral ones, with OpenAI's ranges, and OpenAI's own. It has no
 * `topK`, `frequencyPenalty`, `presencePenalty`, `seed` and `stop`: those are left out, with a warning.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export interface OpenAIResponsesParams extends CallParams {
  /** 0 to 2. Default 1. Most reasoning models do not take it. */
  readonly temperature?: number | undefined
  /** The most tokens to generate, those of reasoning included; sent as `max_output_tokens`. */
  readonly maxTokens?: number | undefined
  /** 0 to 1. Default 1. Most reasoning models do not take it. */
  readonly topP?: number | undefined
  /**
   * How much to reason (`effort`), and whether to tell what about (`summary`): `response.thinking` has the summary.
   * Reasoning models only.
   */
  readonly reasoning?: Readonly<WireReasoning> | undefined
  /** The same as `reasoning.effort`, by the name that it has in chat completions. */
  readonly reasoningEffort?: WireReasoningEffort | (string & {}) | undefined
  /** How much the model says. Default `medium`. */
  readonly verbosity?: 'low' | 'medium' | 'high' | undefined
  /** The form of the answer. */
  readonly responseFormat?: OpenAIResponseFormat | undefined
  /** Tools that take a text in place of JSON. Their calls have the `format` `text`. */
  readonly customTools?: readonly OpenAICustomTool[] | undefined
  /** Lets the model search the web: `[{ type: 'web_search' }]` of `builtInTools`, by the name that it has in chat completions. */
  readonly webSearch?: OpenAIWebSearch | undefined
  /**
   * Tools that OpenAI runs or defines, as they stand on the wire: `[{ type: 'file_search', vector_store_ids: ['vs_1'] }]`. What
   * they do is in `response.items`.
   */
  readonly builtInTools?: readonly OpenAIBuiltInTool[] | undefined
  /** A choice of a tool that `toolChoice` has no word for: `{ type: 'web_search_preview' }`. It comes before `toolChoice`. */
  readonly builtInToolChoice?: Readonly<WireSpecificToolChoice> | undefined
  /** Makes the arguments of tool calls follow the tools' schemas, which are reshaped where that is needed. Default `false`. */
  readonly strictTools?: boolean | undefined
  /** Whether the model may ask for several tools at once. Default `true`. */
  readonly parallelToolCalls?: boolean | undefined
  /** The most calls of built-in tools, over all of them. */
  readonly maxToolCalls?: number | undefined
  /** Adds the log-probability of each token to the response. */
  readonly logprobs?: boolean | undefined
  /** How many likeliest tokens to tell at each place, 0 to 20. Asks for `logprobs`. */
  readonly topLogprobs?: number | undefined
  /** The role that system messages are sent with. Default `system`, which OpenAI reads as its models want it. */
  readonly systemRole?: 'system' | 'developer' | undefined
  /** Instructions for this call only: a later one that continues it does not know them. Stands before all messages. */
  readonly instructions?: string | undefined
  /**
   * The id of a response that is continued, which OpenAI keeps: `response.id`. Of the conversation, only what comes after that
   * response is sent; all of it where that response is not in it.
   */
  readonly previousResponseId?: string | undefined
  /** A conversation that OpenAI keeps, to which the messages and the answer are added. Not with `previousResponseId`. */
  readonly conversation?: string | { readonly id: string } | undefined
  /**
   * Whether OpenAI keeps the response, for 30 days. Default `true`. With `false`, reasoning goes back only if it came encrypted:
   * that is asked for where `reasoning` is given, else by `include`.
   */
  readonly store?: boolean | undefined
  /** What the answer is to bring beyond what it brings anyway, for example `reasoning.encrypted_content`. */
  readonly include?: readonly WireIncludable[] | undefined
  /** A prompt that is kept at OpenAI, with the values of its variables. Sent as `prompt`, before the messages. */
  readonly storedPrompt?: Readonly<WirePrompt> | undefined
  /** What to do with a conversation that is too long: leave out its beginning (`auto`), or fail (`disabled`, the default). */
  readonly truncation?: 'auto' | 'disabled' | undefined
  /** When to make a long conversation shorter. */
  readonly contextManagement?:
    | readonly { readonly type: string; readonly compact_threshold?: number | null }[]
    | undefined
  /**
   * Lets OpenAI go on with an answer that nobody waits for. Streams only: a whole answer would have to be fetched later, which
   * is not done here, so that a call sends it not, with a warning.
   */
  readonly background?: boolean | undefined
  /** Whether streams are padded, against attackers who guess texts by the sizes of events. Default `true`. */
  readonly obfuscation?: boolean | undefined
  /** OpenAI's `metadata`: up to 16 pairs that it keeps with the response. The neutral `metadata` of a call is never sent. */
  readonly requestMetadata?: Readonly<Record<string, string>> | undefined
  /** Whether the input and the answer are looked at by a moderation model. */
  readonly moderation?: Readonly<WireModerationRequest> | undefined
  /** Which requests share a prompt cache. */
  readonly promptCacheKey?: string | undefined
  readonly promptCacheOptions?: Readonly<WirePromptCacheOptions> | undefined
  /** How long a prompt stays in the cache. */
  readonly promptCacheRetention?: 'in_memory' | '24h' | undefined
  /** Which of one's users asks, as a hash: OpenAI can then act against that one alone. */
  readonly safetyIdentifier?: string | undefined
  /** The older name of `safetyIdentifier` and `promptCacheKey`. */
  readonly user?: string | undefined
  /** How fast, and at which price. Default `auto`. */
  readonly serviceTier?: WireServiceTier | undefined
  /** Programs that let trusted customers ask for more. */
  readonly accessPrograms?: { readonly cyber?: 'standard' | 'daybreak_blue' | 'daybreak_red' } | undefined
  /** Whether images may be made smaller. */
  readonly image?: { readonly context_compression?: 'auto' | 'enabled' | 'disabled' } | undefined
  /** Fields to put into the body as they are: for what OpenAI may add. They come last. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined
}

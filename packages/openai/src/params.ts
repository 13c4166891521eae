import type { CallParams, JsonSchema } from '@interlingua/core'

/** The form of the answer. */
export type OpenAIResponseFormat =
  | { readonly type: 'text' }
  | {
      readonly type: 'json_object' | 'json_schema'
      /** What the JSON must be like. Without one, the prompt has to ask for JSON. */
      readonly jsonSchema?: JsonSchema | undefined
      /** What the form is called: letters, digits, `_` and `-`. Default: `answer`. */
      readonly name?: string | undefined
      /** What the form is for, for the model to read. */
      readonly description?: string | undefined
      /** Whether the model is held to the schema, for which it is reshaped where that is needed. Default: `true`. */
      readonly strict?: boolean | undefined
    }

/** A tool that takes a text of any form, or of a grammar's, in place of JSON. */
export interface OpenAICustomTool {
  readonly name: string
  readonly description?: string | undefined
  /** The grammar that the text follows. Default: any text. */
  readonly grammar?: { readonly syntax: 'lark' | 'regex'; readonly definition: string } | undefined
}

/** Where a search on the web is made from. */
export interface OpenAIWebSearch {
  readonly searchContextSize?: 'low' | 'medium' | 'high' | undefined
  readonly userLocation?:
    | {
        readonly city?: string | undefined
        /** Two letters, as of ISO 3166-1. */
        readonly country?: string | undefined
        readonly region?: string | undefined
        /** As the IANA names it. */
        readonly timezone?: string | undefined
      }
    | undefined
}

/**
 * The parameters of a chat completion: the neutral ones, and OpenAI's own. A server that has one of them not is asked without
 * it, which is told; what a server has beyond them goes into `extraBody`.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export interface OpenAIParams extends CallParams {
  /** 0 to 2. Default 1. Reasoning models take no other. */
  readonly temperature?: number | undefined
  /** The most tokens to generate, those of the reasoning included. Sent as `max_completion_tokens`. */
  readonly maxTokens?: number | undefined
  /** 0 to 1. Default 1. */
  readonly topP?: number | undefined
  /** Not OpenAI's, but of many compatible servers. */
  readonly topK?: number | undefined
  /** -2 to 2. Default 0. */
  readonly frequencyPenalty?: number | undefined
  /** -2 to 2. Default 0. */
  readonly presencePenalty?: number | undefined
  /** At most 4. Reasoning models take none. */
  readonly stop?: readonly string[] | undefined
  /** How many answers to give. All of them are in `response.choices`. Default 1. */
  readonly n?: number | undefined
  /** Adds the log-probability of each token to the response. */
  readonly logprobs?: boolean | undefined
  /** How many likely tokens to tell at each place, 0 to 20. It takes `logprobs`. */
  readonly topLogprobs?: number | undefined
  /** -100 to 100 by token id: how much more or less likely the token is made. */
  readonly logitBias?: Readonly<Record<string, number>> | undefined
  /** How long a reasoning model thinks. The default, and which of them there are, is the model's. */
  readonly reasoningEffort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | (string & {}) | undefined
  /** How much the model says. Default `medium`. */
  readonly verbosity?: 'low' | 'medium' | 'high' | undefined
  /** The form of the answer. */
  readonly responseFormat?: OpenAIResponseFormat | undefined
  /** Makes the arguments of tool calls follow the tools' schemas, which are reshaped where that is needed. Default `false`. */
  readonly strictTools?: boolean | undefined
  /** Tools that take a text in place of JSON. Their calls have the `format` `text`. */
  readonly customTools?: readonly OpenAICustomTool[] | undefined
  /** Whether the model may ask for several tools at once. Default `true`. */
  readonly parallelToolCalls?: boolean | undefined
  /** What the model answers with. Default: text. */
  readonly modalities?: readonly ('text' | 'audio')[] | undefined
  /** How the model speaks, with the modality `audio`. A stream takes the format `pcm16`. */
  readonly audio?:
    | {
        readonly voice: string | { readonly id: string }
        readonly format: 'wav' | 'aac' | 'mp3' | 'flac' | 'opus' | 'pcm16'
      }
    | undefined
  /** What most of the answer is expected to be, which makes it come faster where it is. */
  readonly prediction?: string | undefined
  /** Lets the model search the web. */
  readonly webSearch?: OpenAIWebSearch | undefined
  /** How fast, and at what price, the request is served. */
  readonly serviceTier?: 'auto' | 'default' | 'flex' | 'scale' | 'priority' | (string & {}) | undefined
  /** Whether OpenAI keeps the answer for its dashboard. Default `false`. */
  readonly store?: boolean | undefined
  /** OpenAI's `metadata`: what the answer is kept with, at most 16 pairs. The neutral `metadata` of a call is never sent. */
  readonly requestMetadata?: Readonly<Record<string, string>> | undefined
  /** A name for what requests have in common, so that they find the same cache. */
  readonly promptCacheKey?: string | undefined
  /** How long the prompt stays in the cache. */
  readonly promptCacheRetention?: 'in_memory' | '24h' | (string & {}) | undefined
  /** How the cache is used, in OpenAI's own words. */
  readonly promptCacheOptions?: Readonly<Record<string, unknown>> | undefined
  /** A name that stands for the user, by which misuse is found. */
  readonly safetyIdentifier?: string | undefined
  /** The same; OpenAI advises to use `safetyIdentifier` and `promptCacheKey` in its place. */
  readonly user?: string | undefined
  /** What to check the request and the answer for, in OpenAI's own words. */
  readonly moderation?: Readonly<Record<string, unknown>> | undefined
  /** The role that system messages are sent with: some models take one of the two only. Default `system`. */
  readonly systemRole?: 'system' | 'developer' | undefined
  /** Whether events are padded, so that their length tells nothing. Default `true`. */
  readonly obfuscation?: boolean | undefined
  /** Fields to put into the body as they are: for what a server has beyond these. They come last. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined
}

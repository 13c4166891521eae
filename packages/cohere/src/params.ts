import type { CallParams, JsonSchema } from '@interlingua/core'

/** Whether and how long a reasoning model thinks before it answers. */
export interface CohereThinking {
  readonly type: 'enabled' | 'disabled'
  /** The most tokens to think with, 1 or more. Cohere advises to leave 1,000 of `maxTokens` for the answer. */
  readonly tokenBudget?: number | undefined
}

/** A document that the answer can rest on. Cohere cites it by its id, and gives it one where it has none. */
export type CohereDocument =
  | string
  | {
      readonly id?: string | undefined
      /** Its text, or its fields, for example `title` and `snippet`. */
      readonly data: string | Readonly<Record<string, unknown>>
    }

/** The form of the answer. */
export type CohereResponseFormat =
  | { readonly type: 'text' }
  | {
      readonly type: 'json_object'
      /** What the JSON must be like. Without one, the prompt has to ask for JSON. */
      readonly jsonSchema?: JsonSchema | undefined
    }

/**
 * The parameters of a Cohere call: the neutral ones, with Cohere's ranges, and Cohere's own.
 *
 * @see https://docs.cohere.com/reference/chat
 */
export interface CohereParams extends CallParams {
  /** 0 to 1. Default 0.3; reasoning models 0.6. */
  readonly temperature?: number | undefined
  /** The most tokens to generate, 1 or more. */
  readonly maxTokens?: number | undefined
  /** 0.01 to 0.99, sent as `p`. Default 0.75; reasoning models 0.95. */
  readonly topP?: number | undefined
  /** 0 to 500, sent as `k`. Default 0, which is no limit. */
  readonly topK?: number | undefined
  /** 0 to 1. */
  readonly frequencyPenalty?: number | undefined
  /** 0 to 1. */
  readonly presencePenalty?: number | undefined
  /** At most 5, sent as `stop_sequences`. */
  readonly stop?: readonly string[] | undefined
  /** A whole number. Cohere takes 0 to 2^64-1; JavaScript counts exactly up to 2^53-1. Asks for repeatable sampling. */
  readonly seed?: number | undefined
  /** Reasoning models only, which think unless told otherwise. */
  readonly thinking?: CohereThinking | undefined
  /** How strictly answers are moderated. Default `CONTEXTUAL`. */
  readonly safetyMode?: 'CONTEXTUAL' | 'STRICT' | 'OFF' | undefined
  /** Adds the log-probability of each token to the response. */
  readonly logprobs?: boolean | undefined
  /** Documents for the answer to rest on, and to cite. */
  readonly documents?: readonly CohereDocument[] | undefined
  /**
   * When citations come: `FAST` while the text streams, `ACCURATE` (the same as `ENABLED`, the default) after it, or
   * `OFF` (the same as `DISABLED`) not at all.
   */
  readonly citationOptions?: { readonly mode: 'ENABLED' | 'DISABLED' | 'FAST' | 'ACCURATE' | 'OFF' } | undefined
  /**
   * The form of the answer. Cohere takes no form together with tools or documents: the schema then goes into the system
   * message, with a warning. What a JSON Schema says beyond what Cohere understands is checked when the answer has come.
   */
  readonly responseFormat?: CohereResponseFormat | undefined
  /** Makes the arguments of tool calls follow the tools' schemas. Default `false`. */
  readonly strictTools?: boolean | undefined
  /** Fields to put into the body as they are: for what Cohere may add. They come last. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined
  /** 0 (first) to 999: which requests wait when Cohere is busy. Default 0. */
  readonly priority?: number | undefined
}

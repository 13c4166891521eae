import type { CallParams } from '@interlingua/core'
import type { CohereDocument, CohereResponseFormat } from '../params.ts'

/** Where Cohere searches before it answers. */
export interface CohereConnector {
  /** `web-search`, or the id of a connector of one's own. */
  readonly id: string
  readonly userAccessToken?: string | undefined
  /** Whether the answer goes on where the connector fails. */
  readonly continueOnFailure?: boolean | undefined
  readonly options?: Readonly<Record<string, unknown>> | undefined
}

/**
 * The parameters of a call of Cohere's v1 chat: the neutral ones, with Cohere's ranges, and Cohere's own. What was the
 * `preamble` is the system message at the beginning of the conversation.
 *
 * @see https://docs.cohere.com/v1/reference/chat
 */
export interface CohereV1Params extends CallParams {
  /** 0 to 1. Default 0.3. */
  readonly temperature?: number | undefined
  /** The most tokens to generate, 1 or more. */
  readonly maxTokens?: number | undefined
  /** 0.01 to 0.99, sent as `p`. Default 0.75. */
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
  /** Documents for the answer to rest on, and to cite. */
  readonly documents?: readonly CohereDocument[] | undefined
  /** Where to search before the answer. Cohere has deprecated it. */
  readonly connectors?: readonly CohereConnector[] | undefined
  /** Only says what to search for: the queries are in `response.searchQueries`. Cohere has deprecated it. */
  readonly searchQueriesOnly?: boolean | undefined
  /** What may be left out of a prompt that is too long. Default `OFF`; with `connectors` `AUTO`. */
  readonly promptTruncation?: 'OFF' | 'AUTO' | 'AUTO_PRESERVE_ORDER' | undefined
  /** When citations come: `FAST` while the text streams, `ACCURATE` (`ENABLED`) after it, `OFF` (`DISABLED`) not at all. */
  readonly citationQuality?: 'ENABLED' | 'DISABLED' | 'FAST' | 'ACCURATE' | 'OFF' | undefined
  /** The id of a conversation that Cohere keeps, to be begun or continued. */
  readonly conversationId?: string | undefined
  /** The most tokens of the prompt; what is beyond is cut as `promptTruncation` says. */
  readonly maxInputTokens?: number | undefined
  /** Takes the prompt as it is, without a template around it. */
  readonly rawPrompting?: boolean | undefined
  /** Answers after one round of tools. Default `false`. */
  readonly forceSingleStep?: boolean | undefined
  /** The form of the answer. Not together with tools or documents: the preamble then asks for it, with a warning. */
  readonly responseFormat?: CohereResponseFormat | undefined
  /** How strictly answers are moderated. Default `CONTEXTUAL`. */
  readonly safetyMode?: 'CONTEXTUAL' | 'STRICT' | 'NONE' | undefined
  /** Fields to put into the body as they are: for what Cohere may add. They come last. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined
}

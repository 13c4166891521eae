import type { RerankOptions } from '@interlingua/core'

/**
 * The ids of Cohere's rerank models. Any other id is sent as it is.
 *
 * @see https://docs.cohere.com/docs/rerank
 */
export type CohereRerankModelId =
  | 'rerank-v4.0-pro'
  | 'rerank-v4.0-fast'
  | 'rerank-v3.5'
  | 'rerank-english-v3.0'
  | 'rerank-multilingual-v3.0'
  | (string & {})

/**
 * What a call of a Cohere rerank model may be given.
 *
 * @see https://docs.cohere.com/reference/rerank
 */
export interface CohereRerankOptions<Document = unknown> extends RerankOptions {
  /** The most tokens of each document to read; the rest is cut off. Default: 4096. */
  readonly maxTokensPerDocument?: number | undefined
  /**
   * The fields of each document to send, in this order: the last ones are cut off first where a document is too long.
   * Default: all, in the document's own order. Texts have no fields and are sent as they are.
   */
  readonly rankFields?: readonly FieldOf<Document>[] | undefined
  /** 0 (first) to 999: which requests wait when Cohere is busy. Default 0. */
  readonly priority?: number | undefined
}

/** The names of a document's fields, of every kind of document in the list. */
export type FieldOf<Document> = Document extends object ? keyof Document & string : never

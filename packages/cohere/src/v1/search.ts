import type { WireV1Document, WireV1SearchQuery, WireV1SearchResult } from './wire.ts'

/** What Cohere searched for an answer, and what it found. */
export interface CohereV1Search {
  /** What Cohere would search for, or has searched for with connectors. */
  readonly searchQueries: readonly WireV1SearchQuery[]
  /** Which connector found which documents. */
  readonly searchResults: readonly WireV1SearchResult[]
  /**
   * The documents that the answer cites, as Cohere gave them back: found, sent, or made of tool results. While a stream
   * arrives, all that Cohere gives; those that are not cited are in `chunk.event` only.
   */
  readonly documents: readonly WireV1Document[]
}

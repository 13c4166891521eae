import { itemsIn } from '@interlingua/core/adapter'
import type { CohereV1Search } from './search.ts'
import type { WireV1Document, WireV1Message, WireV1Request, WireV1SearchQuery, WireV1SearchResult } from './wire.ts'

type Request = Pick<WireV1Request, 'documents' | 'chat_history' | 'tool_results' | 'force_single_step'>

/** A list as it may really arrive. */
type Items<Item> = readonly Item[] | null | undefined

interface ToldOfSearch {
  readonly search_queries?: Items<WireV1SearchQuery>
  readonly search_results?: Items<WireV1SearchResult>
  readonly documents?: Items<WireV1Document>
}

/**
 * What an answer has told so far. The events of v1 refer to each other (citations to documents) and repeat each other (the
 * last one has the whole answer), so that reading one takes knowing what came before it.
 */
export class Reading {
  /** Whether each of these has come. */
  has: { id: boolean; text: boolean; plan: boolean; citations: boolean } = nothing()
  /** Tool calls of this answer that are complete. */
  completeCalls = 0
  /** The tool calls that have begun since, by their index. */
  openCalls: Set<number> = new Set()
  readonly #callsBefore: number
  readonly #sent: readonly WireV1Document[]
  #search: CohereV1Search = { searchQueries: [], searchResults: [], documents: [] }
  #documents = new Map<string, WireV1Document>()

  constructor({ documents = [], chat_history: history = [], tool_results: results = [], ...request }: Request) {
    this.#sent = documents
    // Results that come with a single step bring their calls along; otherwise those are in the history.
    const inResults = request.force_single_step ? results.length : 0
    this.#callsBefore = inResults + history.reduce((sum, message) => sum + callsIn(message), 0)
    this.begin()
  }

  /** Forgets everything: the same request may be sent again. */
  begin(): void {
    this.has = nothing()
    this.completeCalls = 0
    this.openCalls = new Set()
    this.#search = { searchQueries: [], searchResults: [], documents: [] }
    // Cohere gives documents without an id one of this form.
    this.#documents = new Map(this.#sent.map((document, index) => [document['id'] ?? `doc_${index}`, document]))
  }

  /** What was searched and found. */
  get search(): CohereV1Search {
    return this.#search
  }

  /** Adds what an event tells of the search. */
  addSearch({ search_queries: queries, search_results: results, documents }: ToldOfSearch): void {
    const { searchQueries, searchResults, documents: known } = this.#search
    this.#search = {
      searchQueries: [...searchQueries, ...itemsIn(queries)],
      searchResults: [...searchResults, ...itemsIn(results)],
      documents: [...known, ...itemsIn(documents)],
    }
    this.#know(documents)
  }

  /**
   * Takes over what a whole answer tells of the search, in place of what events have told. It leaves out the documents that
   * the answer does not cite.
   */
  concludeSearch({ search_queries: queries, search_results: results, documents }: ToldOfSearch): void {
    const { searchQueries, searchResults } = this.#search
    this.#search = {
      searchQueries: queries ? itemsIn(queries) : searchQueries,
      searchResults: results ? itemsIn(results) : searchResults,
      documents: itemsIn(documents),
    }
    this.#know(documents)
  }

  document(id: string): WireV1Document | undefined {
    return this.#documents.get(id)
  }

  /** v1 has no ids of tool calls. These are unique in a conversation, and the same however the answer came. */
  toolCallId(name: string, index: number): string {
    return `${name}_${this.#callsBefore + index}`
  }

  #know(documents: Items<WireV1Document>): void {
    for (const document of itemsIn(documents))
      if (document['id'] !== undefined) this.#documents.set(document['id'], document)
  }
}

function nothing(): Reading['has'] {
  return { id: false, text: false, plan: false, citations: false }
}

function callsIn(message: WireV1Message): number {
  return message.role === 'CHATBOT' ? (message.tool_calls?.length ?? 0) : 0
}

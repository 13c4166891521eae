import type { ProviderFields } from './provider-fields.ts'

/** Where a citation points: a document of the request, the output of a tool, or a page of the web. */
export interface CitationSource {
  /** What kind of source it is; a kind that is new keeps the provider's own word. */
  readonly type: 'document' | 'tool' | 'url' | 'file' | (string & {})
  /** The id of the document, or of the part of the tool result. */
  readonly id?: string
  /** The address of a page. */
  readonly url?: string
  /** What the source is called. */
  readonly title?: string
  /** What was cited, as the provider gave it back: the document's fields, or the tool's output. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** A span of generated text that rests on sources. */
export interface Citation {
  /** First UTF-16 code unit of the span within its text. */
  readonly start: number
  /** One past the last UTF-16 code unit of the span. */
  readonly end: number
  /** The text of the span: as the provider quoted it, else what stands at the offsets, and then `verified` is absent. */
  readonly text: string
  readonly sources: readonly CitationSource[]
  /** Which generated text the offsets count in; absent where the provider does not say, and then it is the text. */
  readonly target?: 'text' | 'thinking' | 'plan'
  /** The content part that the offsets count in, where the provider says so. */
  readonly contentIndex?: number
  /**
   * Whether the text at the offsets is `text`. `undefined` until it has been checked, which is when the chunk that brings
   * the citation is folded, or at the end where the citation came before its text. Where it is `false`, a warning says so.
   */
  readonly verified?: boolean
  /** The offsets as the provider counted them, where they did not count UTF-16 code units and have been converted. */
  readonly providerOffsets?: { readonly start: number; readonly end: number }
  /**
   * What the provider sent that has no place here, by the provider's name and then by its own names: it goes back to that
   * provider as it came. Absent where there is no such thing.
   */
  readonly providerFields?: ProviderFields
}

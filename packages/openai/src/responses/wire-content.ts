/**
 * What messages consist of in OpenAI's Responses API, as it stands on the wire.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */

/** Marks the end of a part of the prompt that is to be cached. */
export interface WirePromptCacheBreakpoint {
  mode: 'explicit'
  ttl?: '30m' | '12h'
}

export interface WireInputText {
  type: 'input_text'
  text: string
  prompt_cache_breakpoint?: WirePromptCacheBreakpoint | null
}

export interface WireInputImage {
  type: 'input_image'
  detail?: 'low' | 'high' | 'auto' | 'original' | null
  file_id?: string | null
  image_url?: string | null
  prompt_cache_breakpoint?: WirePromptCacheBreakpoint | null
}

export interface WireInputFile {
  type: 'input_file'
  detail?: 'auto' | 'low' | 'high'
  file_data?: string | null
  file_id?: string | null
  file_url?: string | null
  filename?: string | null
  prompt_cache_breakpoint?: WirePromptCacheBreakpoint | null
}

export type WireInputContent = WireInputText | WireInputImage | WireInputFile

export interface WireFileCitation {
  type: 'file_citation'
  file_id: string
  filename: string
  index: number
}

export interface WireUrlCitation {
  type: 'url_citation'
  start_index: number
  end_index: number
  title: string
  url: string
}

export interface WireContainerFileCitation {
  type: 'container_file_citation'
  container_id: string
  file_id: string
  filename: string
  start_index: number
  end_index: number
}

export interface WireFilePath {
  type: 'file_path'
  file_id: string
  index: number
}

export type WireTextAnnotation = WireFileCitation | WireUrlCitation | WireContainerFileCitation | WireFilePath

export interface WireTopLogprob {
  token: string
  logprob: number
}

/** A token of the answer, and those that the model might have written instead. */
export interface WireStreamedLogprob extends WireTopLogprob {
  top_logprobs?: WireTopLogprob[]
}

/** A whole part tells the bytes of tokens too. */
export interface WireWholeLogprob extends WireStreamedLogprob {
  bytes?: number[]
  top_logprobs?: (WireTopLogprob & { bytes?: number[] })[]
}

export interface WireOutputText {
  type: 'output_text'
  text: string
  annotations: WireTextAnnotation[]
  logprobs?: WireWholeLogprob[]
}

export interface WireRefusal {
  type: 'refusal'
  refusal: string
}

export interface WireSummaryText {
  type: 'summary_text'
  text: string
}

export interface WireReasoningText {
  type: 'reasoning_text'
  text: string
}

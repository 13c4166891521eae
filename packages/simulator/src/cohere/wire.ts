import type { JsonObject } from '../json.ts'

// Cohere's v2 chat on the wire, as https://docs.cohere.com/reference/chat describes it and recordings show it.

/** A text, thinking, image or document part of a message. */
export interface ContentPart {
  readonly type: string
  readonly text?: string | null
  readonly thinking?: string | null
  readonly image_url?: { readonly url: string; readonly detail?: string | null } | null
  readonly document?: unknown
}

/** A tool call in an assistant's message. */
export interface ToolCall {
  readonly id?: string | null
  readonly type?: string | null
  readonly function?: { readonly name?: string | null; readonly arguments?: string | null } | null
}

/** A turn of the conversation. */
export interface Message {
  readonly role: string
  readonly content?: string | readonly ContentPart[] | null
  readonly tool_call_id?: string | null
  readonly tool_calls?: readonly ToolCall[] | null
  readonly tool_plan?: string | null
  readonly citations?: readonly unknown[] | null
}

/** A function that the model may call. */
export interface Tool {
  readonly type?: string | null
  readonly function?: {
    readonly name?: string | null
    readonly description?: string | null
    readonly parameters?: Readonly<Record<string, unknown>> | null
  } | null
}

/** A request's body. Every field may be `null`, which counts as absent. */
export interface ChatRequest {
  readonly model: string
  readonly messages: readonly Message[]
  readonly stream?: boolean | null
  readonly tools?: readonly Tool[] | null
  readonly strict_tools?: boolean | null
  readonly tool_choice?: string | null
  readonly documents?: readonly unknown[] | null
  readonly citation_options?: { readonly mode?: string | null } | null
  readonly response_format?: {
    readonly type?: string | null
    readonly json_schema?: JsonObject | null
    /** The older name of `json_schema`. */
    readonly schema?: JsonObject | null
  } | null
  readonly safety_mode?: string | null
  readonly max_tokens?: number | null
  readonly stop_sequences?: readonly string[] | null
  readonly temperature?: number | null
  readonly seed?: number | null
  readonly frequency_penalty?: number | null
  readonly presence_penalty?: number | null
  readonly k?: number | null
  readonly p?: number | null
  readonly logprobs?: boolean | null
  readonly thinking?: { readonly type?: string | null; readonly token_budget?: number | null } | null
  readonly priority?: number | null
}

/** Why an answer ended. */
export type FinishReason = 'COMPLETE' | 'STOP_SEQUENCE' | 'MAX_TOKENS' | 'TOOL_CALL' | 'ERROR' | 'TIMEOUT'

/** What an answer cost; empty after a failure. */
export interface Usage {
  readonly billed_units?: { readonly input_tokens?: number; readonly output_tokens?: number }
  readonly tokens?: {
    readonly input_tokens?: number
    readonly output_tokens?: number
    readonly reasoning_tokens?: number
    readonly image_tokens?: number
  }
  readonly cached_tokens?: number
}

/** What a citation refers to: a document of the request, or a tool's result. */
export interface Source {
  readonly type: 'document' | 'tool'
  readonly id: string
  readonly document?: JsonObject
  readonly tool_output?: JsonObject
}

/** A part of an answer's text that comes from sources. `end` is not included; both count UTF-16 code units. */
export interface Citation {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly sources: readonly Source[]
  /** Recorded; `THINKING_CONTENT` and `PLAN` are documented as well. */
  readonly type?: string
}

/** The log probabilities of a piece of an answer's text. */
export interface Logprobs {
  readonly text: string
  readonly token_ids: readonly number[]
  readonly logprobs: readonly number[]
}

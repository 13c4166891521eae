import type { JsonObject } from '../json.ts'

// OpenAI's chat on the wire, as https://platform.openai.com/docs/api-reference/chat describes it and recordings show it.

/** A part of a message's content. */
interface ContentPart {
  readonly type: string
  readonly text?: string
  readonly refusal?: string
  readonly image_url?: { readonly url?: string; readonly detail?: string }
  readonly file?: JsonObject
  readonly input_audio?: JsonObject
}

/** A tool call in an assistant's message. */
interface ToolCall {
  readonly id?: string
  readonly type?: string
  readonly function?: { readonly name: string; readonly arguments: string }
  readonly custom?: { readonly name: string; readonly input: string }
}

/** A turn of the conversation. */
export interface Message {
  readonly role: string
  readonly content?: string | readonly ContentPart[] | null
  readonly refusal?: string | null
  readonly name?: string
  readonly tool_calls?: readonly ToolCall[] | null
  readonly tool_call_id?: string
}

/** A function. */
export interface FunctionTool {
  readonly name: string
  readonly description?: string | null
  readonly parameters?: JsonObject | null
  readonly strict?: boolean | null
}

/** A thing that the model may call. */
interface Tool {
  readonly type: string
  readonly function?: FunctionTool
  readonly custom?: { readonly name: string; readonly description?: string | null }
}

/** A request's body. */
export interface ChatRequest {
  readonly model: string
  readonly messages: readonly Message[]
  readonly stream?: boolean | null
  readonly stream_options?: { readonly include_usage?: boolean; readonly include_obfuscation?: boolean } | null
  readonly tools?: readonly Tool[] | null
  readonly tool_choice?: string | JsonObject | null
  readonly parallel_tool_calls?: boolean | null
  readonly response_format?: {
    readonly type: string
    readonly json_schema?: { readonly name?: string; readonly schema?: JsonObject; readonly strict?: boolean | null }
  } | null
  readonly max_tokens?: number | null
  readonly max_completion_tokens?: number | null
  readonly n?: number | null
  readonly seed?: number | null
  readonly stop?: string | readonly string[] | null
  readonly temperature?: number | null
  readonly top_p?: number | null
  readonly logprobs?: boolean | null
  readonly top_logprobs?: number | null
  readonly presence_penalty?: number | null
  readonly frequency_penalty?: number | null
  readonly reasoning_effort?: string | null
  readonly service_tier?: string | null
  readonly metadata?: JsonObject | null
}

/** Why a choice ended. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter'

/** The log probability of a token. */
export interface Logprob {
  readonly token: string
  readonly logprob: number
  readonly bytes: readonly number[] | null
  readonly top_logprobs: readonly { token: string; logprob: number; bytes: readonly number[] | null }[]
}

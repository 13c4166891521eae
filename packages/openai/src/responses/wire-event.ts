import type {
  WireTextAnnotation,
  WireOutputText,
  WireReasoningText,
  WireRefusal,
  WireSummaryText,
  WireStreamedLogprob,
} from './wire-content.ts'
import type { WireShellOutput } from './wire-computer.ts'
import type { WireOutputItem } from './wire-item.ts'
import type { WireResponsesResponse } from './wire.ts'

/**
 * The events of a stream of OpenAI's Responses API, as they stand on the wire.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */

interface Event<Type extends string> {
  type: Type
  sequence_number: number
}

/** The whole response, as it is at this moment. */
export interface ResponseEvent<Type extends string> extends Event<Type> {
  response: WireResponsesResponse
}

/** Something about one item of the output. */
export interface ItemEvent<Type extends string> extends Event<Type> {
  item_id: string
  output_index: number
}

/** Something about one part of an item. */
export interface PartEvent<Type extends string> extends ItemEvent<Type> {
  content_index: number
}

/** Something about one part of the summary of a reasoning item. */
export interface SummaryEvent<Type extends string> extends ItemEvent<Type> {
  summary_index: number
}

export interface OutputItemEvent<Type extends string> extends Event<Type> {
  output_index: number
  item: WireOutputItem
}

export interface ContentPartEvent<Type extends string> extends PartEvent<Type> {
  part: WireOutputText | WireRefusal | WireReasoningText
}

export interface OutputTextDeltaEvent extends PartEvent<'response.output_text.delta'> {
  delta: string
  logprobs: WireStreamedLogprob[]
}

export interface OutputTextDoneEvent extends PartEvent<'response.output_text.done'> {
  text: string
  logprobs: WireStreamedLogprob[]
}

export interface AnnotationAddedEvent extends PartEvent<'response.output_text.annotation.added'> {
  annotation: WireTextAnnotation | null
  annotation_index: number
}

export interface RefusalDeltaEvent extends PartEvent<'response.refusal.delta'> {
  delta: string
}

export interface RefusalDoneEvent extends PartEvent<'response.refusal.done'> {
  refusal: string
}

export interface ReasoningTextDeltaEvent extends PartEvent<'response.reasoning_text.delta'> {
  delta: string
}

export interface ReasoningTextDoneEvent extends PartEvent<'response.reasoning_text.done'> {
  text: string
}

export interface SummaryPartAddedEvent extends SummaryEvent<'response.reasoning_summary_part.added'> {
  part: WireSummaryText
}

export interface SummaryPartDoneEvent extends SummaryEvent<'response.reasoning_summary_part.done'> {
  part: WireSummaryText
  status?: 'incomplete'
}

export interface SummaryTextDeltaEvent extends SummaryEvent<'response.reasoning_summary_text.delta'> {
  delta: string
}

export interface SummaryTextDoneEvent extends SummaryEvent<'response.reasoning_summary_text.done'> {
  text: string
}

/** A piece of what a tool is called with, or of what it says. */
export interface PieceEvent<Type extends string> extends ItemEvent<Type> {
  delta: string
}

export interface ArgumentsDoneEvent<Type extends string> extends ItemEvent<Type> {
  arguments: string
}

export interface CustomToolCallInputDoneEvent extends ItemEvent<'response.custom_tool_call_input.done'> {
  input: string
}

export interface CodeDoneEvent extends ItemEvent<'response.code_interpreter_call_code.done'> {
  code: string
}

export interface PartialImageEvent extends ItemEvent<'response.image_generation_call.partial_image'> {
  partial_image_b64: string
  partial_image_index: number
  background?: string
  output_format?: string
  quality?: string
  size?: string
}

export interface ShellCommandEvent<Type extends string> extends Event<Type> {
  output_index: number
  command_index: number
  command: string
}

export interface ShellCommandDeltaEvent extends Event<'response.shell_call_command.delta'> {
  output_index: number
  command_index: number
  delta: string
  obfuscation?: string
}

export interface ShellOutputDeltaEvent extends ItemEvent<'response.shell_call_output_content.delta'> {
  command_index: number
  delta: { stdout?: string; stderr?: string }
}

export interface ShellOutputDoneEvent extends ItemEvent<'response.shell_call_output_content.done'> {
  command_index: number
  output: WireShellOutput[]
}

export interface AudioDeltaEvent<Type extends string> extends Event<Type> {
  delta: string
}

export interface ErrorEvent extends Event<'error'> {
  code: string | null
  message: string
  param: string | null
  /** Where the error really stands: in recorded streams it is nested. */
  error?: { type?: string | null; code?: string | null; message?: string | null; param?: string | null }
}

/** The kinds of events that say only how an item is getting on. */
type ProgressType =
  | `response.web_search_call.${'in_progress' | 'searching' | 'completed'}`
  | `response.file_search_call.${'in_progress' | 'searching' | 'completed'}`
  | `response.code_interpreter_call.${'in_progress' | 'interpreting' | 'completed'}`
  | `response.image_generation_call.${'in_progress' | 'generating' | 'completed'}`
  | `response.mcp_call.${'in_progress' | 'completed' | 'failed'}`
  | `response.mcp_list_tools.${'in_progress' | 'completed' | 'failed'}`
  | 'response.compaction.compacting'

/** Each kind as an interface of its own, so that a `switch` narrows. */
type ProgressEvent = { [Type in ProgressType]: ItemEvent<Type> }[ProgressType]

/**
 * An event of a Responses stream. OpenAI may add kinds: those arrive too, with a `type` that is not listed here, so a
 * `switch` over it wants a `default`.
 */
export type OpenAIResponsesStreamEvent =
  | ResponseEvent<'response.created'>
  | ResponseEvent<'response.queued'>
  | ResponseEvent<'response.in_progress'>
  | ResponseEvent<'response.completed'>
  | ResponseEvent<'response.failed'>
  | ResponseEvent<'response.incomplete'>
  | OutputItemEvent<'response.output_item.added'>
  | OutputItemEvent<'response.output_item.done'>
  | ContentPartEvent<'response.content_part.added'>
  | ContentPartEvent<'response.content_part.done'>
  | OutputTextDeltaEvent
  | OutputTextDoneEvent
  | AnnotationAddedEvent
  | RefusalDeltaEvent
  | RefusalDoneEvent
  | ReasoningTextDeltaEvent
  | ReasoningTextDoneEvent
  | SummaryPartAddedEvent
  | SummaryPartDoneEvent
  | SummaryTextDeltaEvent
  | SummaryTextDoneEvent
  | PieceEvent<'response.function_call_arguments.delta'>
  | ArgumentsDoneEvent<'response.function_call_arguments.done'>
  | PieceEvent<'response.custom_tool_call_input.delta'>
  | CustomToolCallInputDoneEvent
  | PieceEvent<'response.mcp_call_arguments.delta'>
  | ArgumentsDoneEvent<'response.mcp_call_arguments.done'>
  | PieceEvent<'response.code_interpreter_call_code.delta'>
  | CodeDoneEvent
  | PartialImageEvent
  | ShellCommandEvent<'response.shell_call_command.added'>
  | ShellCommandDeltaEvent
  | ShellCommandEvent<'response.shell_call_command.done'>
  | ShellOutputDeltaEvent
  | ShellOutputDoneEvent
  | AudioDeltaEvent<'response.audio.delta'>
  | Event<'response.audio.done'>
  | AudioDeltaEvent<'response.audio.transcript.delta'>
  | Event<'response.audio.transcript.done'>
  | ProgressEvent
  | ErrorEvent

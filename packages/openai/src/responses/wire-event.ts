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
interface ResponseEvent<Type extends string> extends Event<Type> {
  response: WireResponsesResponse
}

/** Something about one item of the output. */
interface ItemEvent<Type extends string> extends Event<Type> {
  item_id: string
  output_index: number
}

/** Something about one part of an item. */
interface PartEvent<Type extends string> extends ItemEvent<Type> {
  content_index: number
}

/** Something about one part of the summary of a reasoning item. */
interface SummaryEvent<Type extends string> extends ItemEvent<Type> {
  summary_index: number
}

interface OutputItemEvent<Type extends string> extends Event<Type> {
  output_index: number
  item: WireOutputItem
}

interface ContentPartEvent<Type extends string> extends PartEvent<Type> {
  part: WireOutputText | WireRefusal | WireReasoningText
}

interface OutputTextDeltaEvent extends PartEvent<'response.output_text.delta'> {
  delta: string
  logprobs: WireStreamedLogprob[]
}

interface OutputTextDoneEvent extends PartEvent<'response.output_text.done'> {
  text: string
  logprobs: WireStreamedLogprob[]
}

interface AnnotationAddedEvent extends PartEvent<'response.output_text.annotation.added'> {
  annotation: WireTextAnnotation | null
  annotation_index: number
}

interface RefusalDeltaEvent extends PartEvent<'response.refusal.delta'> {
  delta: string
}

interface RefusalDoneEvent extends PartEvent<'response.refusal.done'> {
  refusal: string
}

interface ReasoningTextDeltaEvent extends PartEvent<'response.reasoning_text.delta'> {
  delta: string
}

interface ReasoningTextDoneEvent extends PartEvent<'response.reasoning_text.done'> {
  text: string
}

interface SummaryPartAddedEvent extends SummaryEvent<'response.reasoning_summary_part.added'> {
  part: WireSummaryText
}

interface SummaryPartDoneEvent extends SummaryEvent<'response.reasoning_summary_part.done'> {
  part: WireSummaryText
  status?: 'incomplete'
}

interface SummaryTextDeltaEvent extends SummaryEvent<'response.reasoning_summary_text.delta'> {
  delta: string
}

interface SummaryTextDoneEvent extends SummaryEvent<'response.reasoning_summary_text.done'> {
  text: string
}

/** A piece of what a tool is called with, or of what it says. */
interface PieceEvent<Type extends string> extends ItemEvent<Type> {
  delta: string
}

interface ArgumentsDoneEvent<Type extends string> extends ItemEvent<Type> {
  arguments: string
}

interface CustomToolCallInputDoneEvent extends ItemEvent<'response.custom_tool_call_input.done'> {
  input: string
}

interface CodeDoneEvent extends ItemEvent<'response.code_interpreter_call_code.done'> {
  code: string
}

interface PartialImageEvent extends ItemEvent<'response.image_generation_call.partial_image'> {
  partial_image_b64: string
  partial_image_index: number
  background?: string
  output_format?: string
  quality?: string
  size?: string
}

interface ShellCommandEvent<Type extends string> extends Event<Type> {
  output_index: number
  command_index: number
  command: string
}

interface ShellCommandDeltaEvent extends Event<'response.shell_call_command.delta'> {
  output_index: number
  command_index: number
  delta: string
  obfuscation?: string
}

interface ShellOutputDeltaEvent extends ItemEvent<'response.shell_call_output_content.delta'> {
  command_index: number
  delta: { stdout?: string; stderr?: string }
}

interface ShellOutputDoneEvent extends ItemEvent<'response.shell_call_output_content.done'> {
  command_index: number
  output: WireShellOutput[]
}

interface AudioDeltaEvent<Type extends string> extends Event<Type> {
  delta: string
}

interface ErrorEvent extends Event<'error'> {
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

import {
  type Delta,
  itemsIn,
  jsonTextIn,
  type Loose,
  numberIn,
  parseObject,
  textIn,
  type WireEvent,
} from '@interlingua/core/adapter'
import { decodeMeta, decodeMetaWarnings } from '../meta.ts'
import { CohereV1CallResponseChunk } from './chunk.ts'
import { decodeCitation } from './citation.ts'
import { decodeFinishReason } from './finish-reason.ts'
import type { Reading } from './reading.ts'
import type {
  CohereV1StreamEvent,
  ToolCallsChunkEvent,
  WireV1Citation,
  WireV1Response,
  WireV1ToolCall,
} from './wire.ts'

/** What it takes to read an answer beside the answer. */
export interface ReadingContext {
  readonly reading: Reading
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames: ReadonlyMap<string, string> | undefined
}

type Answer = { [Key in keyof WireV1Response]?: Loose<WireV1Response>[Key] | undefined }
type Items<Item> = readonly Item[] | null | undefined

const nothing: readonly Delta[] = []

/** One event of the stream as a chunk. Events that are new, or that lack what they should have, change nothing. */
export function decodeEvent({ data }: WireEvent, context: ReadingContext): CohereV1CallResponseChunk {
  const event = parseObject(data) as CohereV1StreamEvent & Record<string, unknown>
  return new CohereV1CallResponseChunk(event, decodeDeltas(event, context))
}

/** A whole answer as the deltas that a stream of it would have brought. */
export function decodeBody(body: Loose<WireV1Response>, context: ReadingContext): readonly Delta[] {
  context.reading.begin()
  return decodeAnswer(body, context)
}

function decodeDeltas(event: Loose<CohereV1StreamEvent>, context: ReadingContext): readonly Delta[] {
  const { reading } = context
  switch (event.event_type) {
    case 'stream-start':
      reading.begin()
      return decodeId(event.generation_id, reading)
    case 'search-queries-generation':
    case 'search-results':
      reading.addSearch(event)
      return nothing
    case 'text-generation':
      return decodeText(event.text, reading)
    case 'tool-calls-chunk':
      return decodeToolCallsChunk(event, context)
    case 'tool-calls-generation':
      return [
        // The pieces of the plan, or of a text in its place, have come one by one.
        ...(reading.has.text || reading.has.plan ? nothing : decodePlan(event.text, reading)),
        ...decodeToolCalls(event.tool_calls, context),
      ]
    case 'citation-generation':
      return decodeCitations(event.citations, reading)
    case 'stream-end':
      return decodeAnswer(
        { ...event.response, finish_reason: event.finish_reason ?? event.response?.finish_reason },
        context,
      )
    default:
      return nothing
  }
}

/**
 * What a whole answer tells beyond what has come before it, and how it ends: for the last event of a stream, which repeats
 * the whole answer, as for an answer that was not streamed.
 */
function decodeAnswer(answer: Answer, context: ReadingContext): readonly Delta[] {
  const { reading } = context
  reading.concludeSearch(answer)
  const calls = itemsIn(answer.tool_calls)
  const isTold = reading.has.text || reading.has.plan
  // The text of an answer that asks for tools is the plan for them.
  const text = calls.length > 0 ? decodePlan(answer.text, reading) : decodeText(answer.text, reading)
  return [
    ...(reading.has.id ? nothing : decodeId(answer.generation_id, reading)),
    ...(isTold ? nothing : text),
    ...(reading.completeCalls > 0 ? nothing : decodeToolCalls(calls, context)),
    ...(reading.has.citations ? nothing : decodeCitations(answer.citations, reading)),
    ...decodeMetaWarnings(answer.meta).map((warning): Delta => ({ type: 'warning', warning })),
    ...(answer.meta ? [{ type: 'usage', usage: decodeMeta(answer.meta) } as const] : nothing),
    ...decodeFinish(answer, reading),
  ]
}

function decodeId(value: unknown, reading: Reading): readonly Delta[] {
  const id = textIn(value)
  if (!id) return nothing
  reading.has.id = true
  return [{ type: 'start', id }]
}

function decodeText(value: unknown, reading: Reading): readonly Delta[] {
  const text = textIn(value)
  if (!text) return nothing
  reading.has.text = true
  return [{ type: 'text', index: 0, text }]
}

function decodePlan(value: unknown, reading: Reading): readonly Delta[] {
  const text = textIn(value)
  if (!text) return nothing
  reading.has.plan = true
  return [{ type: 'plan', text }]
}

function decodeCitations(list: Items<WireV1Citation>, reading: Reading): readonly Delta[] {
  const citations = itemsIn(list)
  if (citations.length > 0) reading.has.citations = true
  return citations.map((citation) => ({ type: 'citation', citation: decodeCitation(citation, reading) }))
}

function decodeToolCallsChunk(event: Loose<ToolCallsChunkEvent>, context: ReadingContext): readonly Delta[] {
  const { reading } = context
  const { index: position, name: called, parameters, text } = event.tool_call_delta ?? {}
  const index = reading.completeCalls + (numberIn(position) ?? 0)
  const name = textIn(called)
  const piece = jsonTextIn(parameters)
  return [
    ...decodePlan(event.text, reading),
    ...decodePlan(text, reading),
    ...(name ? [startOf(name, index, context)] : nothing),
    ...(piece === '' ? nothing : [{ type: 'tool-call-delta', index, text: piece } as const]),
  ]
}

/** Complete tool calls: the ends of those whose pieces have come, and the whole of those that come all at once. */
function decodeToolCalls(calls: Items<WireV1ToolCall>, context: ReadingContext): readonly Delta[] {
  const { reading } = context
  const first = reading.completeCalls
  const deltas: Delta[] = []
  for (const [position, { name, parameters }] of itemsIn(calls).entries()) {
    const index = first + position
    if (reading.openCalls.has(index)) continue
    deltas.push(startOf(textIn(name) ?? '', index, context))
    const text = jsonTextIn(parameters)
    if (text !== '') deltas.push({ type: 'tool-call-delta', index, text })
  }
  for (const index of reading.openCalls) deltas.push({ type: 'tool-call-end', index })
  reading.completeCalls += reading.openCalls.size
  reading.openCalls.clear()
  return deltas
}

function startOf(wireName: string, index: number, { reading, toolNames }: ReadingContext): Delta {
  reading.openCalls.add(index)
  const name = toolNames?.get(wireName) ?? wireName
  return { type: 'tool-call-start', index, id: reading.toolCallId(name, index), name }
}

function decodeFinish({ finish_reason: raw }: Answer, { completeCalls }: Reading): readonly Delta[] {
  const reason = decodeFinishReason(raw ?? undefined, { hasToolCalls: completeCalls > 0 })
  if (reason.unified !== 'error') return [{ type: 'finish', reason }]
  const isTimeout = raw === 'TIMEOUT'
  const what = isTimeout ? 'Cohere ran out of time' : 'Cohere gave no reason'
  const message = `the answer failed: ${what}. What had arrived is in \`partial\`.`
  return [
    { type: 'finish', reason },
    { type: 'error', code: isTimeout ? 'timeout' : 'server', message, retryable: true },
  ]
}

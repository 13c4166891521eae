import { type Delta, isObject, numberIn, textIn } from '@interlingua/core/adapter'
import type { AnswerDecoder } from '../answer-decoder.ts'
import { OpenAIResponsesCallResponseChunk } from './chunk.ts'
import { decodeFailureIn, unfinished } from './failure.ts'
import { decodeFinishReason } from './finish-reason.ts'
import { type Item, objectsIn } from './item.ts'
import { type ItemPart, summaryKey } from './item-words.ts'
import { Reading, type ReadingOptions } from './reading.ts'
import { asksForTools } from './request-for-tools.ts'
import type { Told } from './told.ts'
import { decodeUsage } from './usage.ts'
import type { OpenAIResponsesStreamEvent } from './wire-event.ts'

const nothing: readonly Delta[] = []

/** The neutral words for parts. */
const partTypes: ReadonlyMap<unknown, ItemPart['type']> = new Map([
  ['output_text', 'text'],
  ['refusal', 'refusal'],
  ['reasoning_text', 'thinking'],
])

/** Reads any answer. It goes on from what was told in the plain way. */
export class ResponsesDecoder implements AnswerDecoder<OpenAIResponsesCallResponseChunk> {
  readonly #reading: Reading

  constructor(options: ReadingOptions, told: Told) {
    this.#reading = new Reading(options, told)
  }

  /** Events that are new, or that lack what they should have, change nothing and are kept. */
  decodeEvent(event: Record<string, unknown>): OpenAIResponsesCallResponseChunk {
    return new OpenAIResponsesCallResponseChunk(
      event as Item & OpenAIResponsesStreamEvent,
      decodeDeltas(event, this.#reading),
    )
  }

  decodeBody(body: Item): readonly Delta[] {
    const { told } = this.#reading
    told.begin()
    return [told.start(body), ...decodeEnd(body, this.#reading)]
  }
}

function decodeDeltas(event: Item, reading: Reading): readonly Delta[] {
  const at = numberIn(event['output_index']) ?? 0
  const key = numberIn(event['content_index']) ?? 0
  const { told } = reading
  switch (event['type'] as OpenAIResponsesStreamEvent['type'] | 'response.cancelled') {
    case 'response.output_text.delta': {
      const piece = told.piece(at, key, 'text', textIn(event['delta']) ?? '')
      const tokens = objectsIn(event['logprobs'])
      return tokens.length > 0 ? [piece, ...reading.logprobs(at, key, tokens)] : [piece]
    }
    case 'response.reasoning_summary_text.delta':
      return [told.piece(at, summaryKey(numberIn(event['summary_index']) ?? 0), 'thinking', deltaOf(event))]
    case 'response.reasoning_text.delta':
      return [told.piece(at, key, 'thinking', deltaOf(event))]
    case 'response.refusal.delta':
      return [told.piece(at, key, 'refusal', deltaOf(event))]
    case 'response.function_call_arguments.delta':
    case 'response.custom_tool_call_input.delta': {
      const delta = reading.argumentPiece(at, deltaOf(event))
      return delta ? [delta] : nothing
    }
    case 'response.output_text.annotation.added':
      return isObject(event['annotation']) ? [reading.annotation(at, key, event['annotation'])] : nothing
    case 'response.content_part.added': {
      const type = isObject(event['part']) ? partTypes.get(event['part']['type']) : undefined
      return type === undefined ? nothing : [told.piece(at, key, type, '')]
    }
    case 'response.reasoning_summary_part.added':
      return [told.piece(at, summaryKey(numberIn(event['summary_index']) ?? 0), 'thinking', '')]
    case 'response.output_item.added':
      return isObject(event['item']) ? reading.itemStarted(at, event['item']) : nothing
    case 'response.output_item.done':
      return isObject(event['item']) ? reading.itemCompleted(at, event['item']) : nothing
    case 'response.created':
      told.begin()
      return isObject(event['response']) ? [told.start(event['response'])] : nothing
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
    case 'response.cancelled':
      return isObject(event['response']) ? decodeEnd(event['response'], reading, wordOf(event)) : nothing
    case 'error':
      return [decodeFailureIn(event)]
    default:
      return nothing
  }
}

function deltaOf({ delta }: Item): string {
  return textIn(delta) ?? ''
}

/** The status that an event stands for, where its response has none: `completed` of `response.completed`. */
function wordOf({ type }: Item): string {
  return (textIn(type) ?? '').replace(/^response\./, '')
}

/** What a response as a whole has beyond what its events told, and how it ended. */
function decodeEnd(response: Item, reading: Reading, usual = ''): readonly Delta[] {
  const status = textIn(response['status']) ?? usual
  const { usage, incomplete_details: details, error } = response
  const deltas = [...reading.conclude(objectsIn(response['output']), status, response)]
  if (isObject(usage)) deltas.push({ type: 'usage', usage: decodeUsage(usage) })
  if (status === 'queued' || status === 'in_progress') {
    // In a stream it is an event that contradicts itself: it ends nothing.
    return usual === '' ? [...deltas, unfinished(status, textIn(response['id']))] : deltas
  }
  if (status === '') return isObject(error) ? [...deltas, decodeFailureIn(error)] : deltas
  const incompleteReason = isObject(details) ? textIn(details['reason']) : undefined
  const reason = decodeFinishReason(status, { incompleteReason, asksForTools: asksForTools(reading.told.kept) })
  deltas.push({ type: 'finish', reason })
  if (status === 'failed') deltas.push(decodeFailureIn(isObject(error) ? error : {}))
  if (status === 'cancelled') deltas.push(cancelled)
  return deltas
}

const cancelled: Delta = {
  type: 'error',
  code: 'aborted',
  message: 'the answer was cancelled at OpenAI before it was complete. What had arrived is in `partial`.',
  retryable: false,
}

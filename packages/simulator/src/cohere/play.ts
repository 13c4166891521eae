import type { Meter } from './meter.ts'
import type { AnsweredCall } from './scripted-answer.ts'
import type { BlockType, Turn } from './turn.ts'
import type { Citation, Logprobs } from './wire.ts'

/** One step of an answer. An event of a stream is made of each; an answer that is not streamed, of all of them. */
export type Step =
  | { readonly kind: 'plan'; readonly piece: string }
  | { readonly kind: 'block start'; readonly index: number; readonly type: BlockType }
  | {
      readonly kind: 'block'
      readonly index: number
      readonly type: BlockType
      readonly piece: string
      readonly logprobs: Logprobs | undefined
    }
  | { readonly kind: 'block end'; readonly index: number }
  | { readonly kind: 'citation'; readonly index: number; readonly citation: Citation }
  | { readonly kind: 'call start'; readonly index: number; readonly call: AnsweredCall }
  | { readonly kind: 'call'; readonly index: number; readonly piece: string }
  | { readonly kind: 'call end'; readonly index: number }

/**
 * Says a turn step by step, until the meter cuts it: plan, thinking, text with its citations, tool calls one after
 * another. Contents, citations and calls are each counted from 0.
 */
export function* play(turn: Turn, meter: Meter): Generator<Step, void, undefined> {
  if (turn.plan && meter.opens('plan')) {
    for (const piece of meter.pieces('plan', turn.plan)) yield { kind: 'plan', piece }
  }
  for (const [index, { type, pieces }] of turn.blocks.entries()) {
    if (!meter.opens(type)) return
    yield { kind: 'block start', index, type }
    if (type === 'text') yield* playText(turn, meter, index, pieces)
    else
      for (const piece of meter.pieces(type, pieces)) yield { kind: 'block', index, type, piece, logprobs: undefined }
    yield { kind: 'block end', index }
  }
  for (const [index, call] of turn.calls.entries()) {
    if (!meter.opens('arguments')) return
    yield { kind: 'call start', index, call }
    for (const piece of meter.pieces('arguments', call.pieces)) yield { kind: 'call', index, piece }
    yield { kind: 'call end', index }
  }
}

function* playText(
  turn: Turn,
  meter: Meter,
  index: number,
  pieces: Iterable<string>,
): Generator<Step, void, undefined> {
  const { citations, citesAtOnce, logprobs } = turn
  let [length, cited, count] = [0, 0, 0]
  for (const piece of meter.pieces('text', pieces)) {
    yield { kind: 'block', index, type: 'text', piece, logprobs: logprobs?.(piece, count) }
    count += 1
    length += piece.length
    if (!citesAtOnce) continue
    for (let next = citations[cited]; next && next.end <= length; next = citations[cited]) {
      yield { kind: 'citation', index: cited, citation: meter.cite(next) }
      cited += 1
    }
  }
  for (const citation of citations.slice(cited)) {
    // Nothing is said about text that was cut off.
    if (meter.isCut && citation.end > length) continue
    yield { kind: 'citation', index: cited, citation: meter.cite(citation) }
    cited += 1
  }
}

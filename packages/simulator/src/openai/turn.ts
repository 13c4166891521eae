import { answerQuestion, type Question } from '../engine.ts'
import { isObject, textOfJson, type JsonObject } from '../json.ts'
import type { CitedSpan } from '../language/cited-text.ts'
import type { TextDocument } from '../language/text-documents.ts'
import type { Script, ScriptedToolCall } from '../script.ts'
import { tokenPieces } from '../tokens.ts'
import type { Meter } from './meter.ts'
import type { FinishReason } from './wire.ts'

/** A tool call of an answer, with its arguments as the pieces that are streamed. */
export interface AnsweredCall {
  readonly id: string
  readonly name: string
  /** A custom tool takes any text, and no JSON. */
  readonly custom: boolean
  readonly pieces: Iterable<string>
}

/** What is to be decided on. */
export interface TurnRequest {
  readonly question: Question<unknown>
  /** Whether citations may be of files, and not of addresses only. */
  readonly citesFiles: boolean
  readonly script: Script
  /** The number of the choice; 0 but where a request asks for several. */
  readonly choice: number
  readonly thinks: boolean
  readonly stops: readonly string[]
  readonly maxTokens: number
  /** At most one call. */
  readonly single: boolean
  /** The names of custom tools. */
  readonly custom: ReadonlySet<string>
  /** An id for a call that has none, made from a text. */
  readonly callId: (text: string) => string
}

/** What will be said, before the limit on tokens cuts it: decided once for streamed and unstreamed answers. */
export interface Turn {
  readonly reasoning: Iterable<string>
  readonly text: Iterable<string> | undefined
  readonly refusal: Iterable<string> | undefined
  readonly calls: readonly AnsweredCall[]
  readonly annotations: readonly JsonObject[]
  /** How it ends if the limit does not cut it. */
  readonly finish: FinishReason
  readonly maxTokens: number
  /** Tokens, reasoning not counted, after which it ends as if that were all. */
  readonly lastToken: number
}

/** Decides the turn that answers a request. */
export function decideTurn(request: TurnRequest): Turn {
  const { script, stops, choice } = request
  const { openai = {} } = script
  const scripted = choice === 0 ? script : { ...openai.choices?.[choice - 1] }
  const { text, deltas, toolCalls, refusal }: Script = scripted
  const says = text !== undefined || deltas !== undefined || toolCalls !== undefined || refusal !== undefined
  const own = answerQuestion({ ...request.question, seed: seedOf(request) })
  const ownCalls = own.calls.map(({ name, args }) => ({ name, arguments: argumentsOf(name, args, request) }))
  const calls = (says ? (toolCalls ?? []) : request.single ? ownCalls.slice(0, 1) : ownCalls).map((call, at) =>
    answeredCall(call, at, request),
  )
  const silent = calls.length > 0 || refusal !== undefined || openai.finishReason === 'length'
  const words = says ? (text ?? (silent ? undefined : '')) : own.text
  const stopped = deltas ? undefined : cutAtStop(words ?? '', stops)
  return {
    reasoning: request.thinks ? tokenPieces(script.thinking ?? own.thinking) : [],
    text: deltas ?? (words === undefined ? undefined : tokenPieces(stopped ?? words)),
    refusal: refusal === undefined ? undefined : tokenPieces(refusal),
    calls,
    annotations:
      openai.annotations ??
      script.citations?.map(annotationOf) ??
      (says ? [] : quotesOf(own.quotes ?? [], request).filter(({ end }) => end <= (stopped?.length ?? end))).map(
        ({ annotation }) => annotation,
      ),
    finish: openai.finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop'),
    maxTokens: request.maxTokens,
    lastToken: openai.afterTokens ?? Infinity,
  }
}

/** One step of an answer. A piece of a stream is made of each; an answer that is not streamed, of all of them. */
export type Step =
  | { readonly kind: 'reasoning' | 'text' | 'refusal'; readonly piece: string }
  | { readonly kind: 'call start'; readonly index: number; readonly call: AnsweredCall }
  | { readonly kind: 'call'; readonly index: number; readonly piece: string }
  | { readonly kind: 'call end'; readonly index: number }

/** Says a turn step by step until the meter cuts it: reasoning, text or refusal, and one call after another. */
export function* play(turn: Turn, meter: Meter): Generator<Step, void, undefined> {
  for (const piece of meter.pieces('reasoning', turn.reasoning)) yield { kind: 'reasoning', piece }
  for (const piece of meter.pieces('said', turn.text ?? [])) yield { kind: 'text', piece }
  for (const piece of meter.pieces('said', turn.refusal ?? [])) yield { kind: 'refusal', piece }
  for (const [index, call] of turn.calls.entries()) {
    if (meter.ended) return
    yield { kind: 'call start', index, call }
    for (const piece of meter.pieces('said', call.pieces)) yield { kind: 'call', index, piece }
    yield { kind: 'call end', index }
  }
}

// Choices after the first one differ by the seed, where the question has several answers.
function seedOf({ question, choice, script }: TurnRequest): number | undefined {
  const seed = question.seed ?? script.seed
  return choice === 0 ? seed : (seed ?? 0) + choice
}

function answeredCall(call: ScriptedToolCall, at: number, request: TurnRequest): AnsweredCall {
  const { name, arguments: args = {}, deltas } = call
  const written = typeof args === 'string' ? args : JSON.stringify(args)
  return {
    // By the conversation and not by the request's number, so that streamed and unstreamed answers have the same ids.
    id: call.id ?? request.callId(JSON.stringify([request.question.turns, seedOf(request), at, name])),
    name,
    custom: request.custom.has(name),
    pieces: deltas ?? tokenPieces(written),
  }
}

function argumentsOf(name: string, args: unknown, { custom }: TurnRequest): string {
  if (!custom.has(name)) return JSON.stringify(args)
  return isObject(args) ? textOfJson(args['input']) : textOfJson(args)
}

function annotationOf({ start, end, url, title }: NonNullable<Script['citations']>[number]): JsonObject {
  return { type: 'url_citation', start_index: start, end_index: end, url: url ?? '', title: title ?? '' }
}

/** Quotations of documents in messages, as annotations: with their place by an address, else by the file. */
function quotesOf(
  quotes: readonly CitedSpan<TextDocument>[],
  { citesFiles }: TurnRequest,
): { end: number; annotation: JsonObject }[] {
  return quotes.flatMap(({ start, end, sources }) =>
    sources.flatMap(({ index, id, title, url }) => {
      if (url !== undefined) return [{ end, annotation: annotationOf({ start, end, url, title: title ?? '' }) }]
      if (!citesFiles) return []
      const name = title ?? id ?? `document-${index + 1}`
      return [{ end, annotation: { type: 'file_citation', file_id: id ?? `file-${index}`, filename: name, index } }]
    }),
  )
}

function cutAtStop(text: string, stops: readonly string[]): string | undefined {
  const found = stops.filter((stop) => stop !== '').map((stop) => text.indexOf(stop))
  const starts = found.filter((start) => start !== -1)
  return starts.length === 0 ? undefined : text.slice(0, Math.min(...starts))
}

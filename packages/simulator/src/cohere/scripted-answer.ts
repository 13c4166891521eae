import { fingerprint } from '../fingerprint.ts'
import type { Script, ScriptedToolCall } from '../script.ts'
import { tokenPieces } from '../tokens.ts'
import { planFor, type Answer } from './answer.ts'
import type { ChatRequest, Citation } from './wire.ts'

/** A tool call of an answer, with its arguments as the pieces that are streamed. */
export interface AnsweredCall {
  readonly id: string
  readonly name: string
  readonly pieces: Iterable<string>
}

/** An answer after a script has changed it. */
export interface ScriptedAnswer {
  readonly thinking: string
  readonly plan: string | undefined
  readonly text: string | undefined
  readonly citations: readonly Citation[]
  readonly calls: readonly AnsweredCall[]
}

/** Gives the answer what a script wants it to say. A script that says something says all of it: text, calls and citations. */
export function scriptedAnswer(own: Answer, script: Script, request: ChatRequest): ScriptedAnswer {
  const { text, deltas, toolCalls, cohere = {} } = script
  const thinking = script.thinking ?? own.thinking
  if (text === undefined && deltas === undefined && toolCalls === undefined) {
    const calls = own.calls.map(({ name, args }, at) =>
      answeredCall({ name, arguments: JSON.stringify(args) }, request, at),
    )
    const { plan = own.plan, citations = own.citations } = cohere
    return { thinking, plan, text: own.text, citations, calls }
  }
  const calls = (toolCalls ?? []).map((call, at) => answeredCall(call, request, at))
  // A plan comes before calls, or before a failure, and there is no text after it.
  const silent = (calls.length > 0 || cohere.plan !== undefined) && text === undefined && deltas === undefined
  return {
    thinking,
    plan: cohere.plan ?? (silent ? (own.plan ?? planFor(calls)) : undefined),
    text: silent ? undefined : (text ?? own.text ?? ''),
    citations: cohere.citations ?? [],
    calls,
  }
}

function answeredCall(call: ScriptedToolCall, { messages, seed }: ChatRequest, at: number): AnsweredCall {
  const { name, arguments: args = {}, deltas } = call
  const written = typeof args === 'string' ? args : JSON.stringify(args)
  return {
    // By the conversation and not by the request's number, so that streamed and unstreamed answers have the same ids.
    id: call.id ?? `${name}_${suffix(JSON.stringify([messages, seed, at, name]))}`,
    name,
    pieces: deltas ?? tokenPieces(written),
  }
}

/** Twelve letters and digits, as recorded. */
function suffix(text: string): string {
  return [1, 2, 3].map((salt) => fingerprint(text, salt).toString(36).padStart(7, '0').slice(-4)).join('')
}

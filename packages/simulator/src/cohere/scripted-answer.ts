import { fingerprint } from '../fingerprint.ts'
import type { Script, ScriptedCitation, ScriptedToolCall } from '../script.ts'
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
  const { deltas, toolCalls, cohere = {} } = script
  // Cohere has no refusals: they are text.
  const text = script.text ?? script.refusal
  const citations =
    cohere.citations ?? script.citations?.map((citation) => citationOf(citation, text ?? own.text ?? ''))
  const thinking = script.thinking ?? own.thinking
  if (text === undefined && deltas === undefined && toolCalls === undefined) {
    const calls = own.calls.map(({ name, args }, at) =>
      answeredCall({ name, arguments: JSON.stringify(args) }, request, at),
    )
    const { plan = own.plan } = cohere
    return { thinking, plan, text: own.text, citations: citations ?? own.citations, calls }
  }
  const calls = (toolCalls ?? []).map((call, at) => answeredCall(call, request, at))
  // A plan comes before calls, or before a failure, and there is no text after it.
  const silent = (calls.length > 0 || cohere.plan !== undefined) && text === undefined && deltas === undefined
  return {
    thinking,
    plan: cohere.plan ?? (silent ? (own.plan ?? planFor(calls)) : undefined),
    text: silent ? undefined : (text ?? own.text ?? ''),
    citations: citations ?? [],
    calls,
  }
}

function citationOf({ start, end, url, title }: ScriptedCitation, text: string): Citation {
  const document = { ...(url !== undefined && { url }), ...(title !== undefined && { title }) }
  const id = url ?? title ?? 'doc:0'
  const sources = [{ type: 'document' as const, id, document: { id, ...document } }]
  return { start, end, text: text.slice(start, end), sources, type: 'TEXT_CONTENT' }
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

import type { CohereScript } from './cohere/script.ts'
import type { FaultScript } from './fault.ts'
import type { OpenAIScript } from './openai/script.ts'
import type { Pace } from './pace.ts'
import type { RequestRecord } from './request-record.ts'
import type { ScriptCondition } from './script-condition.ts'

/**
 * How the bytes of a body are cut into writes: `event` writes every server-sent event by itself (the default when
 * there is a pace), `coalesce` writes as many events at once as are ready (the default when there is none), and a
 * number writes that many bytes each, also inside a UTF-8 character. The in-process `fetch` hands every write over as
 * one chunk; on a real socket the network may still join writes.
 */
export type Chunking = 'event' | 'coalesce' | number

/** A tool call that a script makes the answer have. */
export interface ScriptedToolCall {
  readonly name: string
  /** Default one that is made from the name, as the vendor does. */
  readonly id?: string
  /** A value to write as JSON, or a text to send as it is: also `''`, `'null'`, and no JSON at all. Default `{}`. */
  readonly arguments?: string | Readonly<Record<string, unknown>>
  /** The arguments as the exact pieces to stream. */
  readonly deltas?: Iterable<string>
}

/** A part of an answer's text that comes from a source. `end` is not included; both count UTF-16 code units. */
export interface ScriptedCitation {
  readonly start: number
  readonly end: number
  readonly url?: string
  readonly title?: string
}

/** What an answer is said to have cost. */
export interface ScriptedUsage {
  readonly inputTokens?: number
  readonly cachedTokens?: number
  /** Reasoning included. */
  readonly outputTokens?: number
  readonly reasoningTokens?: number
}

/** An error in place of an answer, in whatever form the vendor has for errors. */
export interface ScriptedError {
  readonly status: number
  readonly message: string
  /** OpenAI's `type`; default `server_error` from 500 on, and `invalid_request_error` below. */
  readonly type?: string
  /** OpenAI's `code`, such as `insufficient_quota`. */
  readonly code?: string
  readonly param?: string
  /** Tells in `retry-after` and `retry-after-ms` when to try again. */
  readonly retryAfterMs?: number
}

/** What the simulator does differently for some requests. An empty script changes nothing. */
export interface Script extends FaultScript {
  /** Which requests it is for, as data; default all. */
  readonly when?: ScriptCondition
  /** Which requests it is for, by code; default all. */
  readonly match?: (request: RequestRecord) => boolean
  /** How many matching requests it serves before it stops matching; default unlimited. */
  readonly times?: number

  /** The answer's text instead of the catalogue's. */
  readonly text?: string
  /** The answer's text as the exact pieces to stream; may be endless. Stop sequences are not looked for. */
  readonly deltas?: Iterable<string>
  /** The answer's thinking, for models that think, instead of the catalogue's. */
  readonly thinking?: string
  /** The tools that the answer calls, whatever the request says; none with `[]`. */
  readonly toolCalls?: readonly ScriptedToolCall[]
  /** What the answer refuses to say; Cohere, which has no refusals, says it as text. */
  readonly refusal?: string
  /** Where the answer's text comes from. */
  readonly citations?: readonly ScriptedCitation[]
  /** What to report of the cost, field by field. */
  readonly usage?: ScriptedUsage

  /** Replaces the simulator's pace, field by field. */
  readonly pace?: Pace
  readonly chunking?: Chunking

  /** Refuses in the vendor's own form. */
  readonly error?: ScriptedError
  /** Answers with this status and no protocol; with `body` absent the body is empty. */
  readonly status?: number
  /** Added to the answer's headers, or replacing them by name (lower case). */
  readonly headers?: Readonly<Record<string, string>>
  /** The whole body, byte for byte, such as a recorded one. The status is 200 unless `status` says otherwise. */
  readonly body?: string | Uint8Array

  /** Never answers, not even with headers, until the client gives up. */
  readonly stallBeforeHeaders?: boolean
  /** Ends the body early, and cleanly, after so many bytes. */
  readonly truncateAfterBytes?: number
  /** Resets the connection after so many bytes of the body. */
  readonly destroyAfterBytes?: number
  /** Sends nothing more after so many bytes of the body, until the client gives up. */
  readonly stallAfterBytes?: number

  /** Chooses among answers of its own, for requests that have no `seed`; default the simulator's. */
  readonly seed?: number
  /** What only Cohere's protocol has. */
  readonly cohere?: CohereScript
  /** What only OpenAI's protocols have. */
  readonly openai?: OpenAIScript
}

/** Chooses a script for a request; `undefined` for none. */
export type ScriptFunction = (request: RequestRecord) => Script | undefined

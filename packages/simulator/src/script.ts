import type { CohereScript } from './cohere/script.ts'
import type { FaultScript } from './fault.ts'
import type { Pace } from './pace.ts'
import type { RequestRecord } from './request-record.ts'

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

/** What the simulator does differently for some requests. An empty script changes nothing. */
export interface Script extends FaultScript {
  /** Which requests it is for; default all. */
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

  /** Replaces the simulator's pace, field by field. */
  readonly pace?: Pace
  readonly chunking?: Chunking

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

  /** What only Cohere's protocol has. */
  readonly cohere?: CohereScript
}

/** Chooses a script for a request; `undefined` for none. */
export type ScriptFunction = (request: RequestRecord) => Script | undefined

/** The script chooser: the function's choice first, then the first script of the list that matches. */
export function scriptChooser(scripts: readonly Script[], choose: ScriptFunction | undefined): ScriptFunction {
  const left = scripts.map((script) => script.times ?? Infinity)
  return (request) => {
    const chosen = choose?.(request)
    if (chosen) return chosen
    const index = scripts.findIndex((script, at) => (left[at] ?? 0) > 0 && (script.match?.(request) ?? true))
    if (index === -1) return undefined
    left[index] = (left[index] ?? 0) - 1
    return scripts[index]
  }
}

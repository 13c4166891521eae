import type { Cost, Delta, FinishReason, Message, SentError, Usage, Warning } from '@interlingua/core'
import type { FaultSetup, LaneSetup, PaceSetup, ParamsSetup, Target } from './setup.ts'

/** The body of `POST /api/runs`: what one lane is to ask. */
export interface RunRequest extends Target {
  readonly answering: LaneSetup['answering']
  readonly messages: readonly Message[]
  readonly options: RunOptions
  /** The provider's own parameters. */
  readonly extra: Readonly<Record<string, unknown>>
  readonly pace: PaceSetup
  readonly fault: FaultSetup
  readonly recovery: LaneSetup['recovery']
  readonly fallback: Target
}

/** What every model is given that the lane asks. */
export interface RunOptions extends ParamsSetup {
  readonly tools?: readonly RunTool[]
  readonly documents?: readonly RunDocument[]
  readonly schema?: Readonly<Record<string, unknown>>
}

interface RunTool {
  readonly name: string
  readonly description: string
  readonly parameters: Readonly<Record<string, unknown>>
}

interface RunDocument {
  readonly id: string
  readonly data: Readonly<Record<string, string>>
}

/** A failure as the page is told of it. The server is the user's own, so that it may say all that the error has. */
export interface Failure extends SentError {
  readonly field?: string
  readonly deadline?: string
  readonly attempts?: number
  /** The beginning of what the server sent instead of an answer. */
  readonly body?: string
  readonly cause?: string
}

/**
 * A line of the answer to `POST /api/runs`. `at` is in milliseconds since the server began the run.
 *
 * A run is one `begin`; then `request` and `response` for each HTTP exchange, `chunk` for each wire event, `retry` before each
 * wait for another attempt, and `warnings` once with the first chunk; and at last one `end` or one `failure`. A run without
 * either was stopped.
 */
export type RunRecord =
  | BeginRecord
  | {
      readonly type: 'request'
      readonly at: number
      readonly attempt: number
      readonly method: string
      readonly url: string
      readonly body: unknown
    }
  | {
      readonly type: 'response'
      readonly at: number
      readonly attempt: number
      readonly status: number
      /** What the server calls itself; the simulator says so here. */
      readonly server?: string
    }
  | ChunkRecord
  | { readonly type: 'warnings'; readonly at: number; readonly warnings: readonly Warning[] }
  | {
      readonly type: 'retry'
      readonly at: number
      readonly attempt: number
      readonly delayMs: number
      readonly error: Failure
    }
  | { readonly type: 'end'; readonly at: number; readonly result: RunResult }
  | { readonly type: 'failure'; readonly at: number; readonly error: Failure }

export interface BeginRecord {
  readonly type: 'begin'
  readonly at: number
  /** What the run's cassette is asked for by. */
  readonly run: string
  /** Who answers, in words. */
  readonly answering: string
  readonly simulated: boolean
  /** USD for one million tokens, where they are known. */
  readonly rates?: { readonly input?: number; readonly output?: number }
}

/** One wire event, and the neutral changes that were read in it. */
interface ChunkRecord {
  readonly type: 'chunk'
  readonly at: number
  readonly event: unknown
  readonly deltas: readonly Delta[]
  /** What all so far has cost, on a chunk after which that is known. */
  readonly cost?: Cost
}

/** What is known when an answer is complete. */
export interface RunResult {
  readonly provider: string
  readonly model: string
  readonly id?: string
  readonly requestId?: string
  readonly finishReason: FinishReason
  readonly usage: Usage
  readonly cost?: Cost
  readonly warnings: readonly Warning[]
  /** The value of an answer in JSON. */
  readonly json?: unknown
  /** The conversation, with the answer at its end. */
  readonly messages: readonly Message[]
}

/** The answer to `GET /api/state`. */
export interface ServerState {
  readonly providers: readonly ProviderState[]
}

/** A provider that can be asked. */
export interface ProviderState {
  readonly id: string
  readonly name: string
  /** Models to choose from; any other may be typed in. The first one is the default. */
  readonly models: readonly string[]
  /** The environment variables that may hold its key. None: a server on this machine, which needs none. */
  readonly variables: readonly string[]
  /** Which of them does; its value never leaves the server. */
  readonly keyFrom?: string | undefined
}

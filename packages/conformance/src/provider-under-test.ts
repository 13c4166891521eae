import type { Framing, Model } from '@interlingua/core'
import type { LawName } from './law.ts'
import type { FailureScenario, Scenario } from './scenario.ts'
import type { ScriptedEvent } from './scripted-event.ts'

/** How a model is to reach its server. The names are those that every provider of Interlingua's has in its options. */
export interface ConnectionSettings {
  readonly apiKey: string
  /** Where the server is, without a slash at the end. Any path below it is answered. */
  readonly baseURL: string
  /** What to send through. Left out where the law is about sockets. */
  readonly fetch?: typeof globalThis.fetch
  /** In milliseconds. */
  readonly timeout?: {
    readonly connectMs?: number
    readonly firstByteMs?: number
    readonly idleMs?: number
    readonly totalMs?: number
  }
  /** `attempts` are counted in all, the first one included; `backOff.maxMs` is the longest wait of the model's own choice. */
  readonly retry?: { readonly attempts: number; readonly backOff?: { readonly maxMs: number } } | false
}

/** A tool call that a stream is to bring. */
export interface ScriptedToolCall {
  readonly id: string
  readonly name: string
  /** The arguments as the exact pieces of text to stream: not always JSON. */
  readonly pieces: readonly string[]
}

/** Reasons by law, or by law and case. */
export type Exceptions = Readonly<Partial<Record<LawName | `${LawName}: ${string}`, string>>>

/** What an adapter's author brings: how to make a model, and scripts in the provider's wire format. */
export interface ProviderUnderTest {
  readonly name: string
  /** Makes the model to test. All of the settings are to be handed on: `(settings) => createAcme(settings)('acme-1')`. */
  readonly createModel: (settings: ConnectionSettings) => Model
  /** How streams are cut into events. Default: `server-sent-events`. */
  readonly framing?: Framing
  /** The content type of streams. Default: `text/event-stream`, or `application/x-ndjson` for lines. */
  readonly contentType?: string
  /**
   * A whole stream whose answer is a text in these pieces, one event for each, at its proper end included. The pieces may
   * be endless: make events as they are asked for, in a generator.
   */
  readonly streamText: (pieces: Iterable<string>) => Iterable<ScriptedEvent>
  /** The same for an answer that calls tools. Where it is left out, the laws about arguments do not apply. */
  readonly streamToolCalls?: (calls: readonly ScriptedToolCall[]) => Iterable<ScriptedEvent>
  readonly scenarios: readonly Scenario[]
  readonly failures: readonly FailureScenario[]
  /**
   * What the provider cannot keep, each with the reason, which the report shows: a law, or one case of it, as in
   * `'no-leak: a page that echoes the key'`.
   */
  readonly exceptions?: Exceptions
  /** How long a case may take until it counts as one that hangs. Default: 30 seconds. */
  readonly patienceMs?: number
}

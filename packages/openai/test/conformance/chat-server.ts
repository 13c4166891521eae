import type { Exceptions, ScriptedEvent, ScriptedToolCall } from '@interlingua/conformance'
import type { DialectName } from '@interlingua/openai'

/** How a server writes what every server of chat completions says. */
export interface ChatServer {
  readonly dialect: DialectName
  readonly model: string
  /** What stands in every event. */
  readonly base: object
  readonly usage: object
  /** The first piece, where the server begins with one that says nothing. */
  readonly opening?: object
  /** A piece of its thoughts, where it tells them. */
  readonly thinking?: (piece: string) => object
  /** The pieces that bring tool calls; a server that has no tools has none. */
  readonly calls?: (calls: readonly ScriptedToolCall[]) => readonly object[]
  /** The events from the finish reason on, with the last piece where the server sends it together with that. */
  readonly end: (reason: string, last: object) => readonly object[]
  /** Whether `[DONE]` comes last. */
  readonly sendsDone: boolean
  /** How thoughts and text stand in a whole message. */
  readonly message: (said: { readonly thinking?: string; readonly text: string }) => object
  readonly exceptions?: Exceptions
}

/** One event that brings a piece of the only answer. */
export function pieceEvent({ base }: Pick<ChatServer, 'base'>, delta: object, reason: string | null = null): object {
  return { ...base, choices: [{ index: 0, delta, finish_reason: reason }] }
}

/** The same stream for any pieces, which may be endless. */
export function* streamOf(
  server: ChatServer,
  pieces: Iterable<object>,
  reason: string,
  last: object = {},
): Generator<ScriptedEvent> {
  if (server.opening) yield { data: pieceEvent(server, server.opening) }
  for (const piece of pieces) yield { data: pieceEvent(server, piece) }
  for (const event of server.end(reason, last)) yield { data: event }
  if (server.sendsDone) yield { data: '[DONE]' }
}

/** The stream of an answer that calls tools. */
export function streamCalls(server: ChatServer, calls: readonly ScriptedToolCall[]): Generator<ScriptedEvent> {
  return streamOf(server, server.calls?.(calls) ?? [], 'tool_calls')
}

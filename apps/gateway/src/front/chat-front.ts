import type { BaseCallResponse } from '@interlingua/core'
import type { Failure } from '../failure.ts'
import type { JsonObject } from '../json-object.ts'
import type { ChatRequest } from './chat-request.ts'
import type { EventEncoder } from './event-encoder.ts'
import type { Protocol } from './protocol.ts'

/** What an answer is named by where the provider gives no name. */
export interface AnswerName {
  readonly id: string
  /** When the request came, in milliseconds since the Unix epoch. */
  readonly startedAt: number
  /** Whose answer it is, by the name that messages have of it. */
  readonly provider: string
}

/** A protocol for chats as the gateway speaks it with callers: pure translation. */
export interface ChatFront {
  readonly protocol: Protocol
  /** Reads a request. Throws a `Refusal`, or an error of code `invalid_request`, where it is none. */
  decodeRequest(body: JsonObject): ChatRequest
  /** The body for a provider that speaks the same protocol: as it came, but for the model. */
  passRequest(request: ChatRequest): JsonObject
  /** A whole answer, translated. */
  encodeResponse(response: BaseCallResponse, request: ChatRequest, name: AnswerName): JsonObject
  createEventEncoder(request: ChatRequest, name: AnswerName): EventEncoder
  /** The body of an error response. */
  readonly encodeError: (failure: Failure) => JsonObject
}

import {
  completeError,
  type EncodedRequest,
  InterlinguaError,
  type ReceivedJson,
  requestJson,
  type RequestOptions,
} from '@interlingua/core'
import type { Connection } from './connection.ts'

/** An endpoint that answers whole: what to send to it, and how to read its answer. Both may throw an `InterlinguaError`. */
export interface Endpoint<Answer> {
  readonly model?: string
  encode(): EncodedRequest
  decode(received: ReceivedJson): Answer
}

/** Asks an endpoint. Whatever fails is an error that names the provider and the model. */
export async function ask<Answer>(
  connection: Connection,
  endpoint: Endpoint<Answer>,
  { signal, headers, timeout, retry }: RequestOptions = {},
): Promise<Answer> {
  const { model } = endpoint
  const received = await requestJson(connection, () => endpoint.encode(), { model, signal, headers, timeout, retry })
  try {
    return endpoint.decode(received)
  } catch (error) {
    if (!(error instanceof InterlinguaError)) throw error
    throw completeError(connection, error, { model, requestId: received.requestId })
  }
}

/** Runs a check of what an endpoint is called with. Its error names the provider and the model. */
export function checkFor(connection: Connection, model: string | undefined, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw error instanceof InterlinguaError ? completeError(connection, error, { model }) : error
  }
}

/** The error for an answer that is not what Cohere documents. */
export function unexpected(message: string, body: unknown): InterlinguaError {
  return new InterlinguaError({ code: 'protocol', message, body: JSON.stringify(body).slice(0, 200) })
}

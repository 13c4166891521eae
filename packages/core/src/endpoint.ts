import { InterlinguaError } from './error.ts'
import type { EncodedRequest, RequestOptions } from './request.ts'
import type { ReceivedJson } from './request-json.ts'
import { completeError, type Service } from './service.ts'

/** An endpoint that answers whole: what to send to it, and how to read its answer. Both may throw an `InterlinguaError`. */
export interface Endpoint<Answer> {
  readonly model?: string
  encode(): EncodedRequest
  decode(received: ReceivedJson): Answer
}

/**
 * Sends a request, again where that may help, and reads the JSON object that answers it.
 *
 * @throws {InterlinguaError} with the provider and the model, where there is no such answer.
 */
export async function requestJson(
  service: Service,
  encode: () => EncodedRequest,
  options: RequestOptions & { readonly model?: string | undefined } = {},
): Promise<ReceivedJson> {
  const { sendJson } = await import('./request-json.ts')
  return sendJson(service, encode, options)
}

/** Asks an endpoint. Whatever fails is an error that names the provider and the model. */
export async function ask<Answer>(
  service: Service,
  endpoint: Endpoint<Answer>,
  { signal, headers, timeout, retry }: RequestOptions = {},
): Promise<Answer> {
  const { model } = endpoint
  const received = await requestJson(service, () => endpoint.encode(), { model, signal, headers, timeout, retry })
  try {
    return endpoint.decode(received)
  } catch (error) {
    if (!(error instanceof InterlinguaError)) throw error
    throw completeError(service, error, { model, requestId: received.requestId })
  }
}

/** Runs a check of what an endpoint is called with. Its error names the provider and the model. */
export function checkFor(service: Service, model: string | undefined, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw error instanceof InterlinguaError ? completeError(service, error, { model }) : error
  }
}

/** The error for an answer that is not what the provider documents. */
export function unexpected(message: string, body: unknown): InterlinguaError {
  return new InterlinguaError({ code: 'protocol', message, body: JSON.stringify(body).slice(0, 200) })
}

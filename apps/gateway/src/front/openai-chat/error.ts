import type { ErrorCode } from '@interlingua/core'
import type { Failure } from '../../failure.ts'
import { isJsonObject, type JsonObject } from '../../json-object.ts'

/** OpenAI's words for what went wrong: a type and a code. */
const words: Readonly<Partial<Record<ErrorCode, readonly [type: string, code: string | null]>>> = {
  authentication: ['invalid_request_error', 'invalid_api_key'],
  permission: ['invalid_request_error', 'permission_denied'],
  quota: ['insufficient_quota', 'insufficient_quota'],
  rate_limit: ['requests', 'rate_limit_exceeded'],
  not_found: ['invalid_request_error', 'model_not_found'],
  invalid_request: ['invalid_request_error', null],
  unsupported: ['invalid_request_error', 'unsupported_parameter'],
  context_length: ['invalid_request_error', 'context_length_exceeded'],
  content_filter: ['invalid_request_error', 'content_filter'],
  prompt: ['invalid_request_error', null],
  overloaded: ['server_error', 'overloaded'],
  timeout: ['server_error', 'timeout'],
}

/** An error as OpenAI tells it, for all of its endpoints. What a provider told in this form is told as it came. */
export function encodeError({ code, message, param, provider, status, body }: Failure): JsonObject {
  if (body && isJsonObject(body['error']) && typeof body['error']['message'] === 'string') return body
  const [type, word] = words[code] ?? ['server_error', code]
  // A gateway that is not let in upstream is no matter of the caller's key.
  const [ownType, ownCode] =
    code === 'authentication' && status >= 500 ? ['server_error', 'upstream_authentication'] : [type, word]
  return {
    error: {
      message,
      type: ownType,
      param: param ?? null,
      code: ownCode,
      ...(provider !== undefined && { interlingua: { provider, code } }),
    },
  }
}

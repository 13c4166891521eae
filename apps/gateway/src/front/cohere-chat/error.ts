import type { Failure } from '../../failure.ts'
import type { JsonObject } from '../../json-object.ts'

/** An error as Cohere tells it, for all of its endpoints. What Cohere told is told as it came. */
export function encodeError({ code, message, provider, param, body }: Failure): JsonObject {
  if (body && provider === 'cohere' && typeof body['message'] === 'string') return body
  const interlingua = { code, ...(provider !== undefined && { provider }), ...(param !== undefined && { param }) }
  return { message, interlingua }
}

import type { Failure } from '../../failure.ts'
import type { JsonObject } from '../../json-object.ts'

/** An error as Cohere tells it, for all of its endpoints. */
export function encodeError({ code, message, provider, param }: Failure): JsonObject {
  const interlingua = { code, ...(provider !== undefined && { provider }), ...(param !== undefined && { param }) }
  return { message, interlingua }
}

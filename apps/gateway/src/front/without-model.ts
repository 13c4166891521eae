import type { JsonObject } from '../json-object.ts'

/** A body for a provider that speaks the caller's protocol: all of it but the model, which has another name there. */
export function withoutModel(body: JsonObject): JsonObject {
  const { model: _, ...fields } = body
  return fields
}

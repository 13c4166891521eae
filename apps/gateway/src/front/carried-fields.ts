import type { AssistantMessage, Citation } from '@interlingua/core'
import { withoutUndefined } from '@interlingua/core'
import { isJsonObject, type JsonObject, objectsOf, textOf } from '../json-object.ts'

/**
 * What a message has that the caller's protocol has no place for, as it stands in the member `interlingua` of a message. A
 * caller that sends the message back sends this back with it, and the provider gets its own message as it came.
 */
export function carriedFields(message: AssistantMessage): JsonObject | undefined {
  const { provider, plan, citations } = message
  const fields = withoutUndefined({
    plan,
    citations: citations && citations.length > 0 ? citations : undefined,
  })
  return Object.keys(fields).length > 0 ? { provider, ...fields } : undefined
}

/** The same, of a message that came back. */
export function decodeCarried(carried: unknown): Pick<AssistantMessage, 'provider' | 'plan' | 'citations'> {
  if (!isJsonObject(carried)) return {}
  const citations = objectsOf(carried['citations']).filter(isCitation)
  return withoutUndefined({
    provider: textOf(carried['provider']),
    plan: textOf(carried['plan']),
    citations: citations.length > 0 ? citations : undefined,
  })
}

function isCitation(value: JsonObject): value is JsonObject & Citation {
  const { start, end, text, sources } = value
  return typeof start === 'number' && typeof end === 'number' && typeof text === 'string' && Array.isArray(sources)
}

import { InterlinguaError } from './error.ts'
import type { JsonSchema } from './json-schema.ts'

/**
 * The part of a schema that a `$ref` within it leads to, by a JSON pointer (RFC 6901). Throws an error of code
 * `invalid_request` where it leads nowhere or out of the schema.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-6
 */
export function resolveReference(root: JsonSchema, reference: string): unknown {
  const [start, ...segments] = decode(reference).split('/')
  let target: unknown = start === '#' ? root : undefined
  for (const segment of segments) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    const holds = typeof target === 'object' && target !== null && Object.hasOwn(target, key)
    target = holds ? Reflect.get(Object(target), key) : undefined
  }
  if (target !== undefined) return target
  const message = `the JSON Schema refers to ${reference}, which is not a place in it, such as #/$defs/name`
  throw new InterlinguaError({ code: 'invalid_request', message })
}

function decode(reference: string): string {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}

import { isObject } from './json.ts'
import type { ReshapedSchema } from './json-schema-subset.ts'

/**
 * What an answer to a reshaped schema says in terms of the original one: taken out of the object that was put around it,
 * and without the placeholders. Also for an answer that is not complete yet.
 */
export function restoreValue({ wrapped, placeholder }: ReshapedSchema, value: unknown): unknown {
  const restored = placeholder === undefined ? value : withoutKey(placeholder, value)
  return wrapped !== undefined && isObject(restored) ? restored[wrapped] : restored
}

function withoutKey(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutKey(key, each))
  if (!isObject(value)) return value
  const entries = Object.entries(value).filter(([name, each]) => name !== key || each !== null)
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutKey(key, each)]))
}

import type { JsonSchema } from './json-schema.ts'
import { checkJsonSchema } from './json-schema-check.ts'

/**
 * A value without the properties that are `null` where the schema does not allow it. Strict modes of providers know no
 * optional properties, or not enough of them, so these are sent as required and nullable: a `null` that the schema refuses
 * says that the property is absent. The value itself is not changed.
 */
export function withoutRefusedNulls(schema: JsonSchema, value: unknown): unknown {
  const issues = checkJsonSchema(schema, value)
  // What nests too deep to be checked nests too deep to be copied.
  const paths = issues.some(({ keyword }) => keyword === 'depth') ? [] : issues.map(({ path }) => path)
  const copy = paths.length > 0 ? structuredClone(value) : value
  for (const path of paths) {
    const parent = path.slice(0, -1).reduce(at, copy)
    const key = path.at(-1)
    if (typeof key === 'string' && at(parent, key) === null) Reflect.deleteProperty(Object(parent), key)
  }
  return copy
}

function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}

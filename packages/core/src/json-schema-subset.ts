import type { JsonSchema } from './json-schema.ts'
import { Reshaper } from './json-schema-reshaper.ts'

/** The part of JSON Schema that a provider holds a model to. */
export interface SchemaSubset {
  /** The formats of texts that it knows. */
  readonly formats: ReadonlySet<unknown>
  /** The keywords that restrict a value and that it knows, beyond `type`, `enum`, `const`, `format` and `pattern`. */
  readonly keywords: ReadonlySet<string>
  /** Whether patterns are written without anchors, since they match a whole value. */
  readonly anchorless: boolean
  /** How many properties an object has to require. */
  readonly requires: 'one' | 'all'
  /** Whether an object has the properties that are listed and no others. */
  readonly closed: boolean
}

/** One thing that a reshaped schema says in another way than the original, or does not say at all. */
export interface SchemaChange {
  /** Where the original says it: a JSON pointer, such as `/properties/name`; empty for the top level. */
  readonly path: string
  readonly keyword: string
  readonly what: string
  /** Whether the provider no longer holds the model to it. Then an answer is to be checked against the original. */
  readonly lossy: boolean
}

/** A schema that a provider accepts, and what became of the original. */
export interface ReshapedSchema {
  readonly schema: JsonSchema
  readonly changes: readonly SchemaChange[]
  /** The one property of the object that was put around a schema that is not one of an object. */
  readonly wrapped?: 'value'
  /** The property, always null, of objects that have none that they could require. */
  readonly placeholder?: '_'
  /** Why the subset cannot say what the original does: a model that is held to it could not give what was asked for. */
  readonly unfit?: string
}

/**
 * Reshapes a JSON Schema into the subset that a provider accepts.
 *
 * - `allOf` is merged, `oneOf` becomes `anyOf`, and so does a list of types. A `$ref` leads to `$defs`.
 * - What the provider refuses moves to the `description`, so that the model still reads it, and is reported as lossy.
 * - Every object requires a property, or all of them. One that was optional may then be null: to require it as it is would
 *   make the model invent a value. A null that the original does not allow says that the property is absent.
 * - The top level is an object: any other schema is wrapped in one.
 *
 * `restoreValue` undoes wrapper and placeholder, and `withoutRefusedNulls` the null for what is absent. The input is not
 * changed, and what is reshaped already stays as it is. A `$ref` that leads nowhere, or out of the schema, throws an error of
 * code `invalid_request`.
 */
export function reshapeInto(subset: SchemaSubset, schema: JsonSchema): ReshapedSchema {
  const reshaped = new Reshaper(schema, subset, false).reshape() ?? new Reshaper(schema, subset, true).reshape()
  return reshaped ?? { schema, changes: [] }
}

import type { JsonSchema } from '@interlingua/core'
import { Reshaper } from './schema-reshaper.ts'

/** One thing that a reshaped schema says in another way than the original, or does not say at all. */
export interface SchemaChange {
  /** Where the original says it: a JSON pointer, such as `/properties/name`; empty for the top level. */
  readonly path: string
  readonly keyword: string
  readonly what: string
  /** Whether Cohere no longer holds the model to it. Then an answer is to be checked against the original. */
  readonly lossy: boolean
}

/** A schema that Cohere accepts, and what became of the original. */
export interface ReshapedSchema {
  readonly schema: JsonSchema
  readonly changes: readonly SchemaChange[]
  /** The one property of the object that was put around a schema that is not one of an object. */
  readonly wrapped?: 'value'
  /** The property, always null, of objects that have none that they could require. */
  readonly placeholder?: '_'
}

/**
 * Reshapes a JSON Schema into the subset that Cohere accepts for `response_format.json_schema` and for `strict_tools`.
 *
 * - `allOf` is merged, `oneOf` becomes `anyOf`, and so does a list of types. A `$ref` leads to `$defs`.
 * - What Cohere refuses (`minLength`, `minimum`, most formats and others) moves to the `description`, so that the model
 *   still reads it, and is reported as lossy.
 * - Every object requires a property. Where all are optional, one that may be null is required or, failing that, the first,
 *   which may then be null: to require it as it is would make the model invent a value. A null that the original does not
 *   allow says that the property is absent. An object without properties gets the placeholder.
 * - The top level is an object: any other schema is wrapped in one.
 *
 * `restoreValue` undoes wrapper and placeholder, and `withoutRefusedNulls` of core the null for what is absent. The input is
 * not changed, and what is reshaped already stays as it is. A `$ref` that leads nowhere, or out of the schema, throws an
 * error of code `invalid_request`.
 *
 * @see https://docs.cohere.com/docs/structured-outputs#parameter-types-support
 */
export function reshapeSchema(schema: JsonSchema): ReshapedSchema {
  const reshaped = new Reshaper(schema, false).reshape() ?? new Reshaper(schema, true).reshape()
  return reshaped ?? { schema, changes: [] }
}

import type { OutputParser } from './output-parser.ts'
import type { Schema, StandardSchema } from './schema.ts'

/** What can say what an output is: a schema of a library, a JSON Schema, or a parser. */
export type OutputSchema = Schema | OutputParser

declare const input: unique symbol
declare const output: unique symbol

/** The two types of a schema that makes one value of another, such as a date of a text. */
export interface Transformed<Input, Output> {
  readonly [input]: Input
  readonly [output]: Output
}

/** The type that a schema stands for: that of the validated value, and that of what was written where it differs. */
export type TypeOf<S extends OutputSchema> = S extends StandardSchema
  ? TypeFrom<NonNullable<S['~standard']['types']>>
  : S extends OutputParser<infer Output>
    ? Output
    : unknown

type TypeFrom<Types extends { readonly input: unknown; readonly output: unknown }> =
  // A partial shows what was written, which only matters where its type is another one.
  [Shape<Types['input']>] extends [Shape<Types['output']>]
    ? Types['output']
    : Transformed<Types['input'], Types['output']>

/** What partials of two types are compared by: whether something may be absent makes no difference to them. */
type Shape<T> = unknown extends T
  ? T
  : T extends string
    ? string
    : T extends readonly unknown[]
      ? readonly Shape<T[number]>[]
      : T extends object
        ? { readonly [Key in keyof T]-?: Shape<Exclude<T[Key], undefined>> }
        : T

/** The type of the validated value. */
export type ValueOf<Type> = Type extends Transformed<unknown, infer Output> ? Output : Type

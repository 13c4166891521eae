import type { OutputTypeOf } from './output-response.ts'
import type { Transformed } from './output-schema.ts'

/**
 * A value of which a part has arrived. Nothing need be there yet. A string may still be a beginning, so that of `'calm' | 'wild'`
 * it is any string; what else is there is whole. A validated value is assignable to its partial, and not the other way round.
 */
export type DeepPartial<T> = unknown extends T
  ? T
  : T extends string
    ? string
    : T extends readonly unknown[]
      ? number extends T['length']
        ? readonly DeepPartial<T[number]>[]
        : { readonly [Index in keyof T]?: DeepPartial<T[Index]> }
      : T extends object
        ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> }
        : T

/** What `partials()` gives of a response's `output`; `unknown` for a response that has none. */
export type PartialOf<Response> = PartialOfType<OutputTypeOf<Response>>

type PartialOfType<Type> = Type extends Transformed<infer Input, unknown> ? DeepPartial<Input> : DeepPartial<Type>

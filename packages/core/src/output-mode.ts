import type { JsonSchema } from './json-schema.ts'
import type { ProviderTypes } from './types.ts'

/**
 * How a model is held to a schema.
 *
 * - `native`: by the provider, which lets the model write nothing else
 * - `tool`: by one more tool, whose arguments are the output
 * - `prompted`: by words in the system message
 */
export type OutputMode = 'native' | 'tool' | 'prompted'

/** What a provider can do to hold a model to a schema. */
export interface OutputSupport<T extends ProviderTypes = ProviderTypes> {
  /** The provider's own way. Left out where it has none. */
  readonly native?: NativeOutput<T>
  /** What is used where `native` cannot be. Default: `tool`. */
  readonly otherwise?: 'tool' | 'prompted'
}

/** A provider's own way to hold a model to a schema. */
export interface NativeOutput<T extends ProviderTypes = ProviderTypes> {
  /** The options of a call that it cannot be combined with, and what to do then. */
  readonly not?: Readonly<Record<string, 'tool' | 'prompted'>>
  /** The parameters that ask for it. The schema is one of an object. */
  readonly params: (schema: JsonSchema, name: string) => Partial<T['Params']>
  /** Reads an answer in terms of the schema, where the provider was sent another one. May be async. */
  readonly restore?: (schema: JsonSchema, value: unknown) => unknown
}

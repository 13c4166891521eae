/** `finishReason` as `finish_reason`: the SDK renames every field. */
type Snake<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${Snake<Rest>}`
    : `_${Lowercase<First>}${Snake<Rest>}`
  : ''

/**
 * The leaves of a type, such as `.usage.tokens.input_tokens: number`, in snake case. Whether a field can be absent is left
 * out.
 */
export type Leaves<T> = T extends null | undefined
  ? never
  : T extends string
    ? string extends T
      ? ': string'
      : `: ${T}`
    : T extends number
      ? ': number'
      : T extends boolean
        ? ': boolean'
        : T extends readonly (infer Item)[]
          ? `[]${Leaves<Item>}`
          : T extends object
            ? string extends keyof T
              ? ': object'
              : { [Key in keyof T & string]-?: `.${Snake<Key>}${Leaves<T[Key]>}` }[keyof T & string]
            : ': unknown'

/** The leaves that the first type has and the second has not. */
export type Beyond<A, B> = Exclude<Leaves<A>, Leaves<B>>

/**
 * The leaves of a type, such as `.usage.input_tokens: number`. Whether a field can be absent or `null` is left out, and so are
 * the examples in a union with all texts.
 */
export type Leaves<T, All = T> = T extends null | undefined
  ? never
  : T extends string
    ? string extends All
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
              : { [Key in keyof T & string]-?: `.${Key}${Leaves<T[Key]>}` }[keyof T & string]
            : ': unknown'

/** The leaves that the first type has and the second has not. */
export type Beyond<A, B> = Exclude<Leaves<A>, Leaves<B>>

/** The members of a union by their `type`. */
type OfType<Union, Type> = Union extends { type: infer Own } ? (Type extends Own ? Union : never) : never

/**
 * The leaves that the members of a union have beyond those of another union's members of the same type, each with its type in
 * front: `message.phase: commentary`.
 */
export type BeyondEach<A extends { type: string }, B extends { type: string }> = {
  [Type in A['type']]: `${Type}${Beyond<OfType<A, Type>, OfType<B, Type>>}`
}[A['type']]

/** An object type whose members that may be `undefined` are optional instead. */
export type WithoutUndefined<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>
}

/** A copy without the members that are `undefined`, as JSON has it. */
export function withoutUndefined<T extends object>(value: T): WithoutUndefined<T> {
  const members: Partial<T> = {}
  for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) members[key] = value[key]
  const copy: object = members
  return copy as WithoutUndefined<T>
}

/**
 * Reading what a server sent, of which no type can be sure: a member can be missing, `null`, or of another type. All three
 * mean that it says nothing; the whole is kept in `chunk.event` and in `raw`.
 */

/** The text that a value is. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The number that a value is. */
export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** What a list has in it, without what is `null`; nothing where it is no list. */
export function itemsIn<Item>(list: readonly Item[] | null | undefined): readonly Item[] {
  return Array.isArray(list) ? list.filter((item: Item | null) => item !== null) : []
}

/** A value as JSON text: arguments are documented as such, and also arrive parsed. */
export function jsonTextIn(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A wire type as it may really arrive: anything can be missing or `null`. The items of lists are taken as they come. */
export type Loose<Wire> = Wire extends readonly unknown[]
  ? Wire
  : Wire extends object
    ? { [Key in keyof Wire]?: Loose<Wire[Key]> | null }
    : Wire

import { isObject, itemsIn } from '@interlingua/core/adapter'

/** An item as it arrived: of any kind, and with whatever a server put into it. */
export type Item = Readonly<Record<string, unknown>>

/** The objects that a list has in it. */
export function objectsIn(list: unknown): readonly Item[] {
  return Array.isArray(list) ? itemsIn<unknown>(list).filter(isObject) : []
}

import type { JsonObject } from '../json.ts'
import { stem, wordsOf } from './words.ts'

/** The value that a record has for a field of that name, such as its `title` for `book_title`. */
export function knownField(record: JsonObject, name: string): unknown {
  const words = new Set(wordsOf(name).map(stem))
  const key = Object.keys(record).find((field) => words.has(stem(field)))
  return key === undefined ? undefined : record[key]
}

import type { JsonObject } from '../json.ts'
import { factsOf, type FactKind } from './facts.ts'
import { fillSchema, type FillSource } from './fill-schema.ts'

const item = /["'“‘`]?[A-Za-z_]\w*["'”’`]?/.source
const list = new RegExp(
  `\\b(?:fields?|keys?|properties|attributes)\\b(?: named| called| of)?:? *(${item}(?:(?:, ?| )(?:and )?(?<=[ ,]and |,|, )${item}){0,11})`,
  'i',
)
const numeric = /^(?:age|year|count|number|price|total|quantity|amount|rating|score)$/i
const names: readonly (readonly [FactKind, string])[] = [
  ['name', 'name'],
  ['weak name', 'name'],
  ['quoted', 'title'],
  ['number', 'number'],
  ['date', 'date'],
  ['time', 'time'],
  ['email', 'email'],
  ['url', 'url'],
]

/** A JSON object without a schema: the fields that the text asks for by name, or else what it has. */
export function freeJson(source: FillSource): JsonObject {
  const { text, known } = source
  const listed = list.exec(text)
  const asked = listed?.[1]?.match(/[A-Za-z_]\w*/g)?.filter((word) => !/^(?:and|the|a|an|of)$/i.test(word)) ?? []
  if (asked.length > 0) {
    const properties = Object.fromEntries(
      asked.map((name) => [name, { type: numeric.test(name) ? 'number' : 'string' }]),
    )
    const { value } = fillSchema(
      { type: 'object', properties, required: asked },
      { ...source, text: text.replace(listed?.[0] ?? '', '') },
    )
    return { ...(typeof value === 'object' ? value : {}) }
  }
  if (known?.[0]) return known[0]
  const found: Record<string, string | number> = {}
  for (const { kind, value } of factsOf(text)) {
    const name = names.find(([of]) => of === kind)?.[1]
    const key = name === 'number' && /\byears? old\b|\bage\b/i.test(text) && !('age' in found) ? 'age' : name
    if (key !== undefined && !(key in found)) found[key] = kind === 'number' ? Number(value) : value
  }
  return Object.keys(found).length > 0 ? found : { text }
}

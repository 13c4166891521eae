import type { JsonObject } from '../json.ts'
import { conceptOf } from './concepts.ts'
import { expressionField, FactShelf } from './fact-shelf.ts'
import { fillSchema, type FillSource } from './fill-schema.ts'
import { knownField } from './known-field.ts'
import { propertiesOf, requiredOf, typeOf } from './schema.ts'
import { stem, stemsOf, wordsOf } from './words.ts'

/** A function that may be called. */
export interface ToolSpec {
  readonly name: string
  readonly description: string
  readonly parameters: JsonObject
}

/** A call that is to be made. */
export interface ChosenCall {
  readonly name: string
  readonly args: unknown
}

// Words in the names of tools that say nothing about what a tool is for.
const generic = new Set(
  'api call check current data do fetch find final function get info list lookup make query result retrieve return run search show tool two use'
    .split(' ')
    .map(stem),
)

/** The calls that a text makes plain: it has a tool's words, and all that the tool has to be told. */
export function plainCalls(tools: readonly ToolSpec[], source: FillSource): ChosenCall[] {
  const asked = new Set(stemsOf(source.text))
  return tools.filter((tool) => isAsked(tool, source.text, asked)).flatMap((tool) => callsOf(tool, source))
}

/** The call of the tool that is nearest to the text, with the best arguments that there are. */
export function nearestCall(tools: readonly ToolSpec[], source: FillSource): ChosenCall | undefined {
  const asked = new Set(stemsOf(source.text))
  const ranked = tools
    .map((tool) => ({ tool, filled: fillSchema(tool.parameters, source) }))
    .map(({ tool, filled }) => ({ tool, filled, score: nearness(tool, asked) + (filled.found ? 1 : 0) }))
    .toSorted((one, other) => other.score - one.score)
  const best = ranked[0]
  return best && { name: best.tool.name, args: best.filled.value ?? {} }
}

function isAsked(tool: ToolSpec, text: string, asked: ReadonlySet<string>): boolean {
  const lower = text.toLowerCase()
  const name = tool.name.toLowerCase()
  if (name.length > 2 && (lower.includes(name) || lower.includes(wordsOf(tool.name).join(' ')))) return true
  const concepts = new Set([...asked].flatMap((word) => conceptOf(word) ?? []))
  // "Is it raining in Oslo?" asks for the weather.
  const meant = stemsOf(tool.name).some((word) => !generic.has(word) && concepts.has(conceptOf(word) ?? word))
  const [named, searches] = [shared(stemsOf(tool.name), asked), /\b(?:search|find|look up)\b/i.test(text)]
  if (named > 0 || meant || (searches && /search|lookup|find/i.test(tool.name))) return true
  if (shared(stemsOf(tool.description), asked) >= 2) return true
  const calculates = propertiesOf(tool.parameters).some(([field]) => expressionField.test(wordsOf(field).join(' ')))
  if (calculates && new FactShelf(text).hasExpression) return true
  const fields = propertiesOf(tool.parameters).flatMap(([field]) => stemsOf(field))
  const age = /\byears? old\b/i.test(text) && fields.includes('age')
  return requiredOf(tool.parameters).length > 1 && shared(fields, asked) + (age ? 1 : 0) > 0
}

function callsOf(tool: ToolSpec, source: FillSource): ChosenCall[] {
  const required = requiredOf(tool.parameters)
  return sourcesOf(tool, required, source).flatMap((one) => {
    const { value, found } = fillSchema(tool.parameters, one)
    return found || required.length === 0 ? [{ name: tool.name, args: value ?? {} }] : []
  })
}

// One call for each "f(3)" that is written, for each record that has all of it, and for each of "Paris and Rome" where
// the tool takes one of them.
function sourcesOf(tool: ToolSpec, required: readonly string[], source: FillSource): readonly FillSource[] {
  const written = new RegExp(`(?<!\\w)${tool.name.replace(/\W/g, '\\$&')}\\(([^()]*)\\)`, 'gi')
  const calls = [...source.text.matchAll(written)].map(([, inside = '']) => Object.assign({}, source, { text: inside }))
  if (calls.length > 0) return calls
  const [field, ...others] = required
  if (field === undefined) return [source]
  const { known = [] } = source
  if (known.length > 1 && required.every((name) => known.every((record) => knownField(record, name) !== undefined))) {
    return known.map((record) => Object.assign({}, source, { known: [record] }))
  }
  if (others.length > 0 || !isNameField(tool, field)) return [source]
  const row = new FactShelf(source.text).namesInRow()
  return row.length > 1 ? row.map((name) => Object.assign({}, source, { known: [{ [field]: name }] })) : [source]
}

function isNameField(tool: ToolSpec, field: string): boolean {
  const schema = propertiesOf(tool.parameters).find(([name]) => name === field)?.[1]
  return (
    schema !== undefined && typeOf(schema) === 'string' && !/query|question|search|text|expression|code/i.test(field)
  )
}

function nearness(tool: ToolSpec, asked: ReadonlySet<string>): number {
  const fields = propertiesOf(tool.parameters).flatMap(([field]) => stemsOf(field))
  return 3 * shared(stemsOf(tool.name), asked) + shared(stemsOf(tool.description), asked) + shared(fields, asked)
}

function shared(words: readonly string[], asked: ReadonlySet<string>): number {
  return new Set(words.filter((word) => asked.has(word) && !generic.has(word))).size
}

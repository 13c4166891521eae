import {
  type Citation,
  type CitationSource,
  isObject,
  itemsIn,
  type Loose,
  numberIn,
  textIn,
  withoutUndefined,
} from '@interlingua/core/adapter'
import type { WireCitation, WireCitationSource } from './wire.ts'

/** A citation in neutral form. What that leaves out of it goes along, so that it can go back as it came. */
export function decodeCitation(wire: Loose<WireCitation>): Citation {
  const citation = withoutUndefined({
    start: numberIn(wire.start) ?? 0,
    end: numberIn(wire.end) ?? 0,
    text: textIn(wire.text) ?? '',
    sources: itemsIn(wire.sources).map(decodeSource),
    target: wire.type ? (targets.get(wire.type) ?? 'text') : undefined,
    contentIndex: numberIn(wire.content_index),
  })
  const others = Object.entries(wire).filter(
    ([name, value]) => value !== null && readers.get(name)?.(value) === undefined,
  )
  return others.length > 0 ? { ...citation, providerFields: { cohere: Object.fromEntries(others) } } : citation
}

const targets = new Map<unknown, Citation['target']>([
  ['TEXT_CONTENT', 'text'],
  ['THINKING_CONTENT', 'thinking'],
  ['PLAN', 'plan'],
])

/** What reads a field whole; where it gives nothing, the neutral form leaves something of the field out. */
const readers = new Map<string, (value: unknown) => unknown>([
  ['start', numberIn],
  ['end', numberIn],
  ['text', textIn],
  ['type', (type) => targets.get(type)],
  ['content_index', numberIn],
  ['sources', (sources) => (Array.isArray(sources) && sources.every(isKnown)) || undefined],
])

/** Sources of a kind that is new have what they cite under a name that is new as well. */
function decodeSource({ type, id, ...rest }: Loose<WireCitationSource>): CitationSource {
  const { document, tool_output: output, ...others } = rest
  const data = [document, output, ...Object.values(others)].find(isObject)
  return withoutUndefined({ type: textIn(type) ?? 'document', id: textIn(id), data })
}

/** Whether a source has nothing beyond what is read of it. */
function isKnown(source: unknown): boolean {
  if (!isObject(source)) return false
  const { type, ...rest } = source
  const cited = type === 'tool' ? 'tool_output' : 'document'
  if (type !== 'tool' && type !== 'document') return false
  const isRead = ([name, value]: [string, unknown]): boolean =>
    name === 'id' ? typeof value === 'string' : name === cited && isObject(value)
  return Object.entries(rest).every(isRead)
}

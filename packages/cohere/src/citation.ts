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

const citationTypes = { text: 'TEXT_CONTENT', thinking: 'THINKING_CONTENT', plan: 'PLAN' } as const

const targets = new Map<unknown, keyof typeof citationTypes>([
  ['TEXT_CONTENT', 'text'],
  ['THINKING_CONTENT', 'thinking'],
  ['PLAN', 'plan'],
])

/** A citation as Cohere sent it. */
export function encodeCitation(citation: Citation): WireCitation {
  const { start, end } = citation.providerOffsets ?? citation
  return {
    ...withoutUndefined({
      start,
      end,
      text: citation.text,
      sources: citation.sources.map(encodeSource),
      type: citation.target && citationTypes[citation.target],
      content_index: citation.contentIndex,
    }),
    ...citation.providerFields?.['cohere'],
  }
}

function encodeSource({ type, id, data, url, title }: CitationSource): WireCitationSource {
  // Cohere's own words that are new here come back through `providerFields`.
  if (type === 'tool') return withoutUndefined({ type: 'tool' as const, id, tool_output: data })
  // A page that another provider cites is a document with an address.
  const page = url === undefined && title === undefined ? data : withoutUndefined({ title, url, ...data })
  return withoutUndefined({ type: 'document' as const, id, document: page })
}

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
  const back = new Map<string, unknown>(Object.entries(encodeCitation(citation)))
  const different = Object.entries(wire).filter(([name, value]) => value !== null && !isSame(value, back.get(name)))
  return different.length > 0 ? { ...citation, providerFields: { cohere: Object.fromEntries(different) } } : citation
}

/** Sources of a kind that is new have what they cite under a name that is new as well. */
function decodeSource({ type, id, ...rest }: Loose<WireCitationSource>): CitationSource {
  const { document, tool_output: output, ...others } = rest
  const data = [document, output, ...Object.values(others)].find(isObject)
  return withoutUndefined({ type: textIn(type) ?? 'document', id: textIn(id), data })
}

/** Whether two values are the same. Documents are compared by identity: they are not copied on their way. */
function isSame(a: unknown, b: unknown, depth = 2): boolean {
  if (a === b) return true
  if (depth === 0 || typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  const [left, right] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))]
  return left.size === right.size && [...left].every(([key, value]) => isSame(value, right.get(key), depth - 1))
}

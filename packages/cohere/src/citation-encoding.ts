import { type Citation, type CitationSource, withoutUndefined } from '@interlingua/core/adapter'
import type { WireCitation, WireCitationSource } from './wire.ts'

const types = { text: 'TEXT_CONTENT', thinking: 'THINKING_CONTENT', plan: 'PLAN' } as const

/** A citation as Cohere sent it. */
export function encodeCitation(citation: Citation): WireCitation {
  const { start, end } = citation.providerOffsets ?? citation
  return {
    ...withoutUndefined({
      start,
      end,
      text: citation.text,
      sources: citation.sources.map(encodeSource),
      type: citation.target && types[citation.target],
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

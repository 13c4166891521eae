import type { Citation, CitationSource } from '@interlingua/core'
import type { Loose } from '../wire.ts'
import type { Reading } from './reading.ts'
import type { WireV1Citation } from './wire.ts'

/** A citation in neutral form, with the documents that it names. */
export function decodeCitation(citation: Loose<WireV1Citation>, reading: Reading): Citation {
  const { start = 0, end = 0, text = '', document_ids: ids = [], type } = citation
  const sources = ids.map((id) => sourceOf(id, reading))
  return { start, end, text, sources, target: type === 'PLAN' ? 'plan' : 'text' }
}

/** Cohere makes documents of tool results, and writes the name of the tool into them. */
function sourceOf(id: string, reading: Reading): CitationSource {
  const data = reading.document(id)
  if (data === undefined) return { type: 'document', id }
  return { type: data['tool_name'] === undefined ? 'document' : 'tool', id, data }
}

import { type Citation, type CitationSource, itemsIn, type Loose, numberIn, textIn } from '@interlingua/core/adapter'
import type { Reading } from './reading.ts'
import type { WireV1Citation } from './wire.ts'

/** A citation in neutral form, with the documents that it names. */
export function decodeCitation(citation: Loose<WireV1Citation>, reading: Reading): Citation {
  const { start, end, text, document_ids: ids, type } = citation
  return {
    start: numberIn(start) ?? 0,
    end: numberIn(end) ?? 0,
    text: textIn(text) ?? '',
    sources: itemsIn(ids).map((id) => sourceOf(id, reading)),
    target: type === 'PLAN' ? 'plan' : 'text',
  }
}

/** Cohere makes documents of tool results, and writes the name of the tool into them. */
function sourceOf(id: string, reading: Reading): CitationSource {
  const data = reading.document(id)
  if (data === undefined) return { type: 'document', id }
  return { type: data['tool_name'] === undefined ? 'document' : 'tool', id, data }
}

import { isObject, type UnsupportedFeatures } from '@interlingua/core/adapter'
import type { CohereDocument } from '../params.ts'
import type { WireV1Document } from './wire.ts'

/** Documents in v1's form: fields of text. A value of another kind becomes its JSON, as Cohere would make it. */
export function encodeDocuments(
  documents: readonly CohereDocument[],
  unsupported: UnsupportedFeatures,
): WireV1Document[] {
  for (const [index, document] of documents.entries()) {
    if (typeof document === 'string' || !hidesField(document)) continue
    const problem = "Cohere's v1 chat keeps the id of a document among its fields"
    unsupported.add({ field: `documents[${index}].data.id`, problem, instead: 'the id of the document is sent' })
  }
  return documents.map(encodeDocument)
}

/** Whether a document has both an id and a field of that name. */
export function hidesField({ id, data }: Exclude<CohereDocument, string>): boolean {
  return id !== undefined && isObject(data) && data['id'] !== undefined && data['id'] !== id
}

function encodeDocument(document: CohereDocument): WireV1Document {
  if (typeof document === 'string') return { text: document }
  const { id, data } = document
  const fields = typeof data === 'string' ? { text: data } : data
  const texts = Object.entries(fields).map(([name, value]) => [name, textOf(value)] as const)
  return { ...Object.fromEntries(texts), ...(id !== undefined && { id }) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

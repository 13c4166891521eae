import type { CohereDocument } from '../params.ts'
import type { WireV1Document } from './wire.ts'

/** A document in v1's form: fields of text. A value of another kind becomes its JSON, as Cohere would make it. */
export function encodeDocument(document: CohereDocument): WireV1Document {
  if (typeof document === 'string') return { text: document }
  const { id, data } = document
  const fields = typeof data === 'string' ? { text: data } : data
  const texts = Object.entries(fields).map(([name, value]) => [name, textOf(value)] as const)
  return { ...(id !== undefined && { id }), ...Object.fromEntries(texts) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

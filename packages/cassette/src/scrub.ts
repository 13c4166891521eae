import { Buffer } from 'node:buffer'
import { scrubbed, type Secrets } from './secrets.ts'

/**
 * Chunks without secrets, cut where they were cut. A secret that lies across a cut is replaced in the chunk that it begins
 * in.
 */
export function scrubChunks(chunks: readonly Uint8Array[], secrets: Secrets): readonly Uint8Array[] {
  // One character for each byte, so that offsets are those of the bytes; secrets are ASCII.
  const text = Buffer.concat(chunks).toString('latin1')
  const spans = secrets.find(text)
  if (spans.length === 0) return chunks
  let start = 0
  return chunks.map(({ length }) => {
    const end = start + length
    let at = start
    let clean = ''
    for (const span of spans) {
      if (span.end <= at || span.start >= end) continue
      clean += text.slice(at, Math.max(at, span.start))
      if (span.start >= start) clean += scrubbed
      at = Math.min(end, span.end)
    }
    clean += text.slice(at, end)
    start = end
    return new Uint8Array(Buffer.from(clean, 'latin1'))
  })
}

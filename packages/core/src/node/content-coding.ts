import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** See https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1. */
const decoders = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/**
 * The body as it was before it was packed; as it came where the packing is not known, as with every `fetch`. A server may pack
 * though it was not asked to.
 */
export function decoded(incoming: IncomingMessage): Readable {
  const coding = incoming.headers['content-encoding']
  // Nothing at all is no empty packing, and unpacks to nothing all the same.
  if (coding === undefined || incoming.headers['content-length'] === '0') return incoming
  let source: Readable = incoming
  // The last one was applied last.
  for (const name of coding.toLowerCase().split(',').toReversed()) {
    const create = decoders.get(name.trim())
    if (!create) return source
    const decoder = create()
    // A failure of the one ends the other, and is told there.
    pipeline(source, decoder, () => {})
    source = decoder
  }
  return source
}

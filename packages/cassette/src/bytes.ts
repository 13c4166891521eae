import { Buffer } from 'node:buffer'
import type { RecordedBody, RecordedBytes } from './exchange.ts'

/** Bytes in the most readable form that gives the same bytes back. */
export function recordBytes(bytes: Uint8Array): RecordedBytes {
  const text = textOf(bytes)
  if (text === undefined) return { base64: Buffer.from(bytes).toString('base64') }
  // Keeps the line breaks: a stream of events is read, and compared, line by line.
  const lines = text.split(/(?<=\n)/)
  return { text: lines.length > 1 ? lines : text }
}

/** The bytes that were recorded. */
export function playBytes(recorded: RecordedBytes): Uint8Array {
  if ('base64' in recorded) return new Uint8Array(Buffer.from(recorded.base64, 'base64'))
  const { text } = recorded
  return new TextEncoder().encode(typeof text === 'string' ? text : text.join(''))
}

/** A request's body in its most readable form. */
export function recordBody(bytes: Uint8Array): RecordedBody {
  const json = jsonOf(bytes)
  return json === undefined ? recordBytes(bytes) : { json }
}

/** The bytes of a request's body. */
export function playBody(body: RecordedBody): Uint8Array {
  return 'json' in body ? new TextEncoder().encode(JSON.stringify(body.json)) : playBytes(body)
}

/** The value of a body that is JSON as JavaScript writes it; `undefined` for any other, of which something would be lost. */
function jsonOf(bytes: Uint8Array): unknown {
  const text = textOf(bytes)
  if (text === undefined || !/^[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

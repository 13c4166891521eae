import { InterlinguaError } from './error.ts'

const excerptLength = 200

/** The beginning of a text, for messages: long enough to recognise it, short enough to read. */
export function excerpt(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length > excerptLength ? `${line.slice(0, excerptLength)}…` : line
}

/** Whether a value is an object and neither an array nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses a text that must be a JSON object. Throws an error of code `protocol` that quotes it where it is not one. */
export function parseObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw notAnObject(text, cause)
  }
  if (!isObject(value)) throw notAnObject(text)
  return value
}

function notAnObject(text: string, cause?: unknown): InterlinguaError {
  const message = `the server sent something that is not a JSON object: ${excerpt(text)}`
  return new InterlinguaError({ code: 'protocol', message, body: text.slice(0, excerptLength), cause })
}

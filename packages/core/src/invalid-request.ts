import { InterlinguaError } from './error.ts'

/** The error for what cannot be sent in any sensible form. The compiler finds most of it; plain JavaScript has only this. */
export function invalidRequest(field: string, problem: string): InterlinguaError {
  return new InterlinguaError({ code: 'invalid_request', message: `${field}: ${problem}`, field })
}

/** What a value is, in words for messages. A value itself may be long, or secret. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

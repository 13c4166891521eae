/**
 * How long a server asks to be left alone, in milliseconds: `retry-after-ms`, else `retry-after` in seconds or as a date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  const milliseconds = numberIn(headers.get('retry-after-ms'))
  if (milliseconds !== undefined) return milliseconds
  const value = headers.get('retry-after')
  const seconds = numberIn(value)
  if (seconds !== undefined) return seconds * 1_000
  // Dates have the name of a month; the platform also takes `-5` for one.
  const date = Date.parse(/[a-z]/i.test(value ?? '') ? (value ?? '') : '')
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function numberIn(text: string | null): number | undefined {
  return text !== null && /^\s*\d{1,15}(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}

import type { ScriptedError } from './script.ts'

/** The headers of a scripted error: when to try again. */
export function errorHeaders({ retryAfterMs }: ScriptedError): Record<string, string> {
  if (retryAfterMs === undefined) return {}
  return { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'retry-after-ms': String(retryAfterMs) }
}

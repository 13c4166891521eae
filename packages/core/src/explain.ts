import type { EncodedCall } from './adapter.ts'
import { isInterlinguaError } from './error.ts'
import type { Explanation } from './explanation.ts'
import { redactedHeaders } from './redaction.ts'
import type { EncodedRequest, RequestOptions } from './request.ts'
import { mergeHeaders } from './transport.ts'
import type { ProviderTypes } from './types.ts'
import type { Warning } from './warning.ts'

/** What would be sent, with nothing in it that is secret. */
export function explain<T extends ProviderTypes>(
  { method = 'POST', url, headers, authorization, body, warnings = [] }: EncodedCall<T>,
  callHeaders: RequestOptions['headers'],
): Omit<Explanation<T>, 'provider' | 'model' | 'messages'> {
  const { key, missing } = keyOf(authorization)
  const shown = redactedHeaders(mergeHeaders(key, headers, callHeaders))
  return { method, url, headers: shown, body, warnings: [...warnings, ...missing] }
}

/** The headers with the key, or a warning that there is none. */
function keyOf(authorization: EncodedRequest['authorization']): {
  readonly key: Readonly<Record<string, string>>
  readonly missing: readonly Warning[]
} {
  try {
    return { key: authorization?.() ?? {}, missing: [] }
  } catch (error) {
    if (!isInterlinguaError(error) || error.code !== 'authentication') throw error
    return { key: {}, missing: [{ code: 'authentication', message: error.message, field: 'apiKey' }] }
  }
}

import type { Attempts } from './attempts.ts'
import { isInterlinguaError } from './error.ts'
import type { Explanation } from './explanation.ts'
import { redactAddress, redactedHeaders } from './redaction.ts'
import type { EncodedRequest } from './request.ts'
import { encodeJson, mergeHeaders } from './transport.ts'
import type { Warning } from './warning.ts'

/** Shows a request as it would be sent, without its secrets. */
export function explainRequest(
  encoded: EncodedRequest & { readonly body: object },
  options: { readonly headers: Readonly<Record<string, string>> | undefined; readonly attempts: Attempts },
): Omit<Explanation, 'provider' | 'model' | 'messages'> {
  const { method = 'POST', url, headers, authorization, body, warnings = [] } = encoded
  const { key, missing } = keyOf(authorization)
  const merged = mergeHeaders(options.attempts.headers(encodeJson(body)), key, headers, options.headers)
  return {
    method,
    url: redactAddress(url),
    headers: redactedHeaders(merged),
    body,
    warnings: [...warnings, ...missing],
  }
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

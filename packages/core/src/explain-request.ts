import { Cancellation } from './cancellation.ts'
import { isInterlinguaError } from './error.ts'
import type { Exchange } from './exchange.ts'
import type { ExplainOptions, Explanation } from './explanation.ts'
import { isSecretName, placeholder, redactAddress } from './redaction.ts'
import type { EncodedRequest } from './request.ts'
import { encodeJson, mergeHeaders } from './transport.ts'
import type { ProviderTypes } from './types.ts'
import type { Warning } from './warning.ts'

/** The request that would be sent, without its secrets. */
export async function explainExchange<T extends ProviderTypes>(
  exchange: Exchange<T>,
  { stream = false }: ExplainOptions = {},
): Promise<Explanation<T>> {
  const { provider, model, config } = exchange
  const cancellation = new Cancellation(config.signal)
  try {
    const {
      method = 'POST',
      url,
      headers,
      authorization,
      body,
      warnings = [],
    } = await exchange.encode(stream, cancellation)
    const attempts = exchange.begin(cancellation)
    const { key, missing } = keyOf(authorization)
    const merged = mergeHeaders(attempts.headers(encodeJson(body)), key, headers, config.headers)
    return {
      provider,
      model,
      messages: exchange.messages,
      method,
      url: redactAddress(url),
      headers: redactedHeaders(merged),
      body,
      warnings: [...warnings, ...missing],
    }
  } finally {
    exchange.stopTotal()
    cancellation.release()
  }
}

/** Headers as they may be shown. */
function redactedHeaders(headers: Headers): Readonly<Record<string, string>> {
  const shown = Array.from(headers, ([name, value]) => [
    name,
    isSecretName(name) ? value.replace(/^((?:bearer|basic|token) )?.*$/is, `$1${placeholder}`) : value,
  ])
  return Object.fromEntries(shown)
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

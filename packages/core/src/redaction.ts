import type { ErrorDetails } from './error.ts'
import { withoutUndefined } from './without-undefined.ts'

const secretHeaders = /^(?:proxy-)?authorization$|^cookie$|api-?key|token|secret/
/** A shorter text is no secret that a word of a message could not happen to be. */
const shortestSecret = 8
const placeholder = '[REDACTED]'

/** Headers as they may be shown. */
export function redactedHeaders(headers: Headers): Readonly<Record<string, string>> {
  const shown = Array.from(headers, ([name, value]) => [
    name,
    secretHeaders.test(name) ? value.replace(/^((?:bearer|basic|token) )?.*$/is, `$1${placeholder}`) : value,
  ])
  return Object.fromEntries(shown)
}

/** Keeps the secrets of one request out of what is told about it: a server may echo a key, and a `fetch` may quote it. */
export class Redaction {
  readonly #secrets: readonly string[]

  constructor(headers: Headers) {
    const values = Array.from(headers).filter(([name]) => secretHeaders.test(name))
    // The scheme, as in `Bearer`, is none.
    this.#secrets = values
      .map(([, value]) => value.replace(/^\w+ /, ''))
      .filter(({ length }) => length >= shortestSecret)
  }

  text(text: string): string {
    return this.#secrets.reduce((redacted, secret) => redacted.replaceAll(secret, placeholder), text)
  }

  details(details: ErrorDetails): ErrorDetails {
    if (this.#secrets.length === 0) return details
    const { code, provider, model, status, requestId, retryable, retryAfterMs, field, issues } = details
    const { message, headers, body, raw, cause } = details
    return withoutUndefined({
      code,
      provider,
      model,
      status,
      requestId,
      retryable,
      retryAfterMs,
      field,
      issues,
      message: this.text(message),
      headers: headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, this.text(value)])),
      body: body === undefined ? undefined : this.text(body),
      raw: raw === undefined ? undefined : this.text(raw),
      cause: this.#cause(cause),
    })
  }

  /** The same cause where it quotes no secret, else what is left of it. */
  #cause(cause: unknown): unknown {
    if (typeof cause === 'string') return this.text(cause)
    if (!(cause instanceof Error)) return cause
    const deeper = this.#cause(cause.cause)
    const told = [cause.message, cause.stack, ...Object.values(cause)].filter((value) => typeof value === 'string')
    if (deeper === cause.cause && told.every((value) => this.text(value) === value)) return cause
    const copy = new Error(this.text(cause.message), deeper === undefined ? undefined : { cause: deeper })
    copy.name = cause.name
    if (cause.stack !== undefined) copy.stack = this.text(cause.stack)
    return copy
  }
}

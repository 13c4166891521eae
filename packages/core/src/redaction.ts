import { detailsOf, type ErrorDetails } from './error.ts'
import type { Warning } from './warning.ts'

const secretName = /auth|^cookie|key|token|secret|password|credential|signature|session/i
/** What has such a name, and is none. */
const publicName = /^idempotency|^(?:max_?tokens|page_?token)$/i
/** A shorter text is no secret that a word of a message could not happen to be. */
const shortestSecret = 8
const deepest = 6
/** What stands in the place of a secret. */
export const placeholder = '[REDACTED]'

/** Keeps the secrets of one request out of what is told about it: a server may echo a key, and a `fetch` may quote it. */
export class Redaction {
  readonly #own: readonly string[]
  readonly #others: () => readonly string[]
  #known: readonly string[] = []
  #forms: readonly string[]

  /**
   * The secrets are in the headers, and in the query and the password of the address. `others` are elsewhere, and asked for
   * whenever something is told: a client may make its key only when it sends.
   */
  constructor(headers: Headers, url = '', others: () => readonly string[] = () => []) {
    const values = Array.from(headers).flatMap(([name, value]) => (isSecretName(name) ? secretsOf(name, value) : []))
    this.#own = [...values, ...secretsOfAddress(url)]
    this.#others = others
    this.#forms = formsOf(this.#own)
  }

  /** What is looked for: every secret in every form that it may be told in. */
  get #secrets(): readonly string[] {
    const others = this.#others()
    if (others.length !== this.#known.length || others.some((secret, index) => secret !== this.#known[index])) {
      this.#known = others
      this.#forms = formsOf([...this.#own, ...others])
    }
    return this.#forms
  }

  text(text: string): string {
    return this.#secrets.reduce((redacted, secret) => redacted.replaceAll(secret, placeholder), text)
  }

  /** Response headers with lower-case names. A cookie that the server sets is a secret of its own. */
  headers(headers: Headers | Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const entries = headers instanceof Headers ? Array.from(headers) : Object.entries(headers)
    return Object.fromEntries(
      entries.map(([name, value]) => [name, name === 'set-cookie' ? placeholder : this.text(value)]),
    )
  }

  warnings(warnings: readonly Warning[]): readonly Warning[] {
    return warnings.map((warning) => Object.assign({}, warning, { message: this.text(warning.message) }))
  }

  details(details: ErrorDetails): ErrorDetails {
    const told: { -readonly [Key in keyof ErrorDetails]: ErrorDetails[Key] } = detailsOf(details)
    for (const key of ['requestId', 'field', 'message', 'body', 'raw'] as const) {
      const text = told[key]
      if (text !== undefined) told[key] = this.text(text)
    }
    if (told.headers) told.headers = this.headers(told.headers)
    told.cause = this.#cause(told.cause)
    return told
  }

  /** The same cause where it quotes no secret, else what is left of it. */
  #cause(cause: unknown): unknown {
    if (this.#secrets.length === 0 || !this.#quotes(cause)) return cause
    if (typeof cause === 'string') return this.text(cause)
    if (!(cause instanceof Error)) return placeholder
    const deeper = this.#cause(cause.cause)
    const copy = new Error(this.text(cause.message), deeper === undefined ? undefined : { cause: deeper })
    copy.name = this.text(cause.name)
    if (cause.stack !== undefined) copy.stack = this.text(cause.stack)
    return copy
  }

  /** Whether a secret stands anywhere in a value: an error of a `fetch` may hold the request that it was given. */
  #quotes(value: unknown, depth = 0, seen = new Set<unknown>()): boolean {
    if (typeof value === 'string') return this.text(value) !== value
    if (typeof value !== 'object' || value === null || seen.has(value) || depth > deepest) return false
    seen.add(value)
    const deeper = (inner: unknown): boolean => this.#quotes(inner, depth + 1, seen)
    if (value instanceof Headers) return Array.from(value).flat().some(deeper)
    if (value instanceof Request) return deeper(value.url) || deeper(value.headers)
    if (value instanceof Map || value instanceof Set) return Array.from(value).some(deeper)
    return Object.values(Object.getOwnPropertyDescriptors(value)).some((property) => deeper(property.value))
  }
}

/** As they are, in an address, and in Base64; the longest first, since one may be a part of another. */
function formsOf(secrets: readonly string[]): readonly string[] {
  const long = secrets.filter(({ length }) => length >= shortestSecret)
  const forms = new Set(long.flatMap((secret) => [secret, encodeURIComponent(secret), base64Of(secret)]))
  return [...forms].filter(Boolean).toSorted((one, other) => other.length - one.length)
}

/** An address without what is secret in it. */
export function redactAddress(url: string): string {
  return new Redaction(new Headers(), url).text(url)
}

/** Whether what has such a name is secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !publicName.test(name)
}

/** The scheme, as in `Bearer`, is none; and cookies and `Basic` hold several texts. */
function secretsOf(name: string, value: string): string[] {
  if (/^cookie$/i.test(name)) return [value, ...value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*=/, ''))]
  const credentials = value.replace(/^\w+ /, '')
  return /^basic /i.test(value)
    ? [credentials, ...textOfBase64(credentials).split(/:(.*)/s).slice(1, 2)]
    : [credentials]
}

function secretsOfAddress(url: string): string[] {
  if (!URL.canParse(url)) return []
  const { password, searchParams } = new URL(url)
  const named = Array.from(searchParams).flatMap(([name, value]) => (isSecretName(name) ? [value] : []))
  return [password, ...named]
}

function base64Of(text: string): string {
  try {
    return btoa(text)
  } catch {
    return ''
  }
}

function textOfBase64(text: string): string {
  try {
    return atob(text)
  } catch {
    return ''
  }
}

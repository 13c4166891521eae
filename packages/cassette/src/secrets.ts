import { Buffer } from 'node:buffer'

/** What stands where a secret stood. */
export const scrubbed = '[scrubbed]'
const scrubbedForms = new Set([scrubbed, encodeURIComponent(scrubbed)])

/** Headers whose value is a secret, or has one in it, or tells whose account it is. */
const secretHeader =
  /^(?:(?:proxy-)?authorization|cookie|set-cookie|openai-(?:organization|project)|(?:.*[-_])?(?:(?:api|access|auth|subscription|secret|private)-?key|token|secret|password|signature|credentials?))$/i
/** Members of a JSON object, fields of a form, and parameters of a URL, whose value is a secret. */
const secretName =
  '(?:[\\w.-]*(?:api|secret|private|subscription|access)[-_]?key|authorization|password|[\\w.-]*secret|(?:access|refresh|id|session|auth|bearer)[-_]?token)'
const parameterName = `(?:${secretName}|key|token|sig|signature|code|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential))`
const secretParameter = new RegExp(`^${parameterName}$`, 'i')
/** Values by the names that stand before them: as JSON, as JSON inside of a JSON text, in addresses, and in forms. */
const namedValues = [
  new RegExp(`("${secretName}"\\s*:\\s*")((?:[^"\\\\]|\\\\.)+)(?=")`, 'gi'),
  new RegExp(`(\\\\"${secretName}\\\\"\\s*:\\s*\\\\")((?:(?!\\\\")[^"])+)(?=\\\\")`, 'gi'),
  new RegExp(`((?:^|[?&])${parameterName}=)([^&#\\s"'<>\\\\]+)`, 'gi'),
  new RegExp(`(\\bname="${secretName}"\\r\\n(?:[\\w-]+: [^\\r\\n]*\\r\\n)*\\r\\n)([^\\r\\n]+)`, 'gi'),
]
/** Keys, and the names of accounts, by their form, wherever they stand. */
const keyForms = [
  /\b(?:sk|pk|rk|gsk|xai|pplx|csk|hf)[-_][\w-]{16,}/g,
  /\bAIza[\w-]{20,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bgh[opsu]_\w{20,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g,
  /\b(?:org|proj)[-_](?=\w*\d)\w{16,}/g,
  /\bBearer\s+[\w.~+/=-]{8,}/gi,
]
const secretVariable = /(_KEY|_TOKEN|_SECRET|_PASSWORD)$/

/** A shorter text is too likely to stand somewhere by chance. */
const shortestSecret = 6

const account = /^openai-/i
const shortestAccount = 12

/** Part of a text that is to be replaced. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Finds secrets: by where they stand (a header, a URL, a member of a JSON object), by their form, and wherever else a value
 * turns up that was seen in such a place before.
 */
export class Secrets {
  readonly #values = new Set<string>()

  constructor(values: readonly string[] = []) {
    for (const value of values) this.add(value)
    for (const [name, value = ''] of Object.entries(process.env)) {
      if (secretVariable.test(name)) this.add(value)
    }
  }

  /** Takes note of a secret, and of the forms that it takes when it is sent. */
  add(value: string): void {
    if (value.length < shortestSecret || value === scrubbed) return
    const escaped = JSON.stringify(value).slice(1, -1)
    const encoded = encodeURIComponent(value)
    const base64 = Buffer.from(value).toString('base64')
    const forms = [
      value,
      escaped,
      escaped.replaceAll('/', '\\/'),
      JSON.stringify(escaped).slice(1, -1),
      encoded,
      encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      new URLSearchParams({ '': value }).toString().slice(1),
      base64,
      base64.replaceAll('=', ''),
      base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
    ]
    for (const form of forms) {
      this.#values.add(form)
      // Bodies are searched with a character for each byte.
      this.#values.add(Buffer.from(form).toString('latin1'))
    }
  }

  /** Headers without secrets. What stood there is known from now on. */
  headers(headers: Headers): Record<string, string> {
    return Object.fromEntries(
      [...headers].map(([name, value]) => {
        if (!secretHeader.test(name)) return [name, this.text(value)]
        // `Bearer` and the like are no secret, and say what kind of thing was there.
        const [, scheme = '', secret = value] = /^(Bearer |Basic |Token )(.+)$/i.exec(value) ?? []
        this.#learn(name, scheme, secret)
        return [name, `${scheme}${scrubbed}`]
      }),
    )
  }

  /** An address without secrets. What stood there is known from now on. */
  url(address: string): string {
    const url = new URL(address)
    for (const secret of [url.username, url.password]) this.add(decodeURIComponent(secret))
    if (url.username !== '') url.username = 'scrubbed'
    if (url.password !== '') url.password = 'scrubbed'
    for (const name of new Set(url.searchParams.keys())) {
      if (!secretParameter.test(name)) continue
      for (const value of url.searchParams.getAll(name)) this.add(value)
      url.searchParams.set(name, scrubbed)
    }
    return this.text(url.href)
  }

  /** A text without secrets. */
  text(text: string): string {
    let rest = 0
    let clean = ''
    for (const { start, end } of this.find(text)) {
      clean += text.slice(rest, start) + scrubbed
      rest = end
    }
    return clean + text.slice(rest)
  }

  /** Where secrets stand in a text, in order and without overlap. */
  find(text: string): readonly Span[] {
    const spans: Span[] = []
    for (const value of this.#values) {
      for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
        spans.push({ start: at, end: at + value.length })
      }
    }
    for (const named of namedValues) {
      for (const { index, 0: whole, 1: before = '' } of text.matchAll(named)) {
        spans.push({ start: index + before.length, end: index + whole.length })
      }
    }
    for (const form of keyForms) {
      for (const { index, 0: whole } of text.matchAll(form)) spans.push({ start: index, end: index + whole.length })
    }
    return merge(spans.filter(({ start, end }) => !scrubbedForms.has(text.slice(start, end))))
  }

  /** Takes note of the secrets that a body names, so that they are found wherever else they stand. */
  learn(text: string): void {
    for (const named of namedValues.slice(0, 2)) {
      for (const [, , value = ''] of text.matchAll(named)) this.add(unescaped(value))
    }
  }

  #learn(name: string, scheme: string, secret: string): void {
    // The name of an account may be a word of everyday.
    if (account.test(name) && secret.length < shortestAccount) return
    this.add(secret)
    // `session=…; Path=/`: the value may be told without its name.
    for (const [, value = ''] of secret.matchAll(/=([^;=\s]{16,})/g)) this.add(value)
    if (!/^basic/i.test(scheme)) return
    for (const part of Buffer.from(secret, 'base64').toString().split(':')) this.add(part)
  }
}

function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

function merge(spans: Span[]): Span[] {
  spans.sort((one, other) => one.start - other.start || other.end - one.end)
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    else merged.push(span)
  }
  return merged
}

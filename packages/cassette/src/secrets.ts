import { Buffer } from 'node:buffer'

/** What stands where a secret stood. */
export const scrubbed = '[scrubbed]'

/** Headers whose value is a secret, or has one in it. */
const secretHeader =
  /^(authorization|proxy-authorization|cookie|set-cookie|(x-)?([\w-]+-)?(api|auth|access|subscription)-?(key|token))$/i
/** Members of a JSON object, and parameters of a URL, whose value is a secret. */
const secretName =
  '(?:api|secret|private|subscription)[-_]?key|authorization|password|client[-_]?secret|(?:access|refresh|id)[-_]?token'
const secretParameter = new RegExp(
  `^(?:${secretName}|key|token|sig|signature|x-amz-(?:signature|credential|security-token))$`,
  'i',
)
const secretMember = new RegExp(`("(?:${secretName})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)+)(?=")`, 'gi')
/** Keys by their form, wherever they stand. */
const keyForms = [/\b(?:sk|pk|rk|gsk|xai|pplx|csk|hf|AIza)[-_][\w-]{16,}/g, /\bBearer\s+[\w.~+/=-]{8,}/gi]
const secretVariable = /(_KEY|_TOKEN|_SECRET|_PASSWORD)$/

/** A shorter text is too likely to stand somewhere by chance. */
const shortestSecret = 6

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
    if (value.length < shortestSecret) return
    this.#values.add(value)
    this.#values.add(encodeURIComponent(value))
    this.#values.add(JSON.stringify(value).slice(1, -1))
    this.#values.add(Buffer.from(value).toString('base64'))
  }

  /** Headers without secrets. What stood there is known from now on. */
  headers(headers: Headers): Record<string, string> {
    return Object.fromEntries(
      [...headers].map(([name, value]) => {
        if (!secretHeader.test(name)) return [name, this.text(value)]
        // `Bearer` and the like are no secret, and say what kind of thing was there.
        const [, scheme = '', secret = value] = /^(Bearer |Basic |Token )(.+)$/i.exec(value) ?? []
        this.#learn(scheme, secret)
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
    for (const { index, 0: whole, 1: before = '' } of text.matchAll(secretMember)) {
      spans.push({ start: index + before.length, end: index + whole.length })
    }
    for (const form of keyForms) {
      for (const { index, 0: whole } of text.matchAll(form)) spans.push({ start: index, end: index + whole.length })
    }
    return merge(spans.filter(({ start, end }) => text.slice(start, end) !== scrubbed))
  }

  #learn(scheme: string, secret: string): void {
    this.add(secret)
    if (!/^basic/i.test(scheme)) return
    for (const part of Buffer.from(secret, 'base64').toString().split(':')) this.add(part)
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

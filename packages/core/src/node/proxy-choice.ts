/** Variables as in `process.env`. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>

/** Which proxy a URL is asked through. */
export type ProxyChoice = (url: URL) => URL | undefined

/** Throws a `TypeError` where the address of a proxy is none. */
export function proxyChoice(proxy: string | URL | ProxyEnvironment | undefined): ProxyChoice {
  if (proxy === undefined) return () => undefined
  if (typeof proxy === 'string' || proxy instanceof URL) {
    const address = proxyAddress(String(proxy), 'the option proxy')
    return () => address
  }
  const read = (name: string): string => proxy[name] || proxy[name.toUpperCase()] || ''
  const addressIn = (name: string): URL | undefined =>
    read(name) === '' ? undefined : proxyAddress(read(name), `the variable ${name.toUpperCase()}`)
  const [http, https] = [addressIn('http_proxy'), addressIn('https_proxy')]
  const direct = read('no_proxy')
    .toLowerCase()
    .split(/[\s,]+/)
  return (url) => (direct.some((rule) => isMeant(rule, url)) ? undefined : url.protocol === 'https:' ? https : http)
}

/** Whether a word of `NO_PROXY` is about a URL: `*`, a host with all below it, or one with a port. */
function isMeant(rule: string, { hostname, port, protocol }: URL): boolean {
  if (rule === '*') return true
  const [, suffix = '', only] = /^(?:\*?\.)?(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(rule) ?? []
  if (suffix === '') return false
  if (only !== undefined && only !== (port || (protocol === 'https:' ? '443' : '80'))) return false
  const host = hostname.replace(/^\[|\]$/g, '')
  const wanted = suffix.replace(/^\[|\]$/g, '')
  return host === wanted || host.endsWith(`.${wanted}`)
}

function proxyAddress(text: string, origin: string): URL {
  // As curl reads it.
  const address = /^[a-z\d+.-]+:\/\//i.test(text) ? text : `http://${text}`
  // The text may hold a password.
  if (!URL.canParse(address)) throw new TypeError(`${origin} is not the address of a proxy.`)
  const url = new URL(address)
  if (!/^https?:$/.test(url.protocol))
    throw new TypeError(`${origin} names a ${url.protocol} proxy: http: and https: are known.`)
  return url
}

/** What a proxy wants to know of the caller, as a header. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const bytes = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
  return { 'proxy-authorization': `Basic ${btoa(String.fromCharCode(...bytes))}` }
}

/** A request that can be sent as it is. */
export interface OutgoingRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body: Uint8Array | undefined
  readonly redirect: RequestRedirect
  readonly signal: AbortSignal | undefined
}

/** What `fetch` was given, checked. Throws a `TypeError` where it is nothing that can be sent. */
export async function readRequest(input: string | URL | Request, init: RequestInit = {}): Promise<OutgoingRequest> {
  if (!(input instanceof Request)) return requestOf(urlOf(input), init)
  // What the two say together is for the platform to know.
  const request = new Request(input, init)
  const { method, headers, redirect, signal } = request
  const body = request.body ? await request.arrayBuffer() : undefined
  return requestOf(urlOf(request.url), { method, headers, redirect, signal, ...(body && { body }) })
}

function requestOf(
  url: URL,
  { method = 'GET', headers, body, redirect = 'follow', signal }: RequestInit,
): OutgoingRequest {
  const request = {
    url,
    method: methodOf(method),
    headers: new Headers(headers),
    body: bytesOf(body),
    redirect,
    signal: signal ?? undefined,
  }
  if (request.body && /^(GET|HEAD)$/.test(request.method)) throw new TypeError('a GET or HEAD request has no body.')
  checkHeaders(request.headers, request.body?.byteLength)
  if (typeof body === 'string') setDefault(request.headers, 'content-type', 'text/plain;charset=UTF-8')
  setDefault(request.headers, 'accept', '*/*')
  // What is compressed comes late: a packer waits for more.
  setDefault(request.headers, 'accept-encoding', 'identity')
  setDefault(request.headers, 'user-agent', 'node')
  return request
}

/**
 * The request that a redirect asks for; `undefined` where the response is none. What names the caller stays with the origin
 * that it was meant for. See https://fetch.spec.whatwg.org/#http-redirect-fetch.
 */
export function followed(request: OutgoingRequest, response: Response): OutgoingRequest | undefined {
  const { status } = response
  const location = response.headers.get('location')
  if (location === null || ![301, 302, 303, 307, 308].includes(status)) return undefined
  const url = urlOf(location, request.url)
  const headers = new Headers(request.headers)
  if (url.origin !== request.url.origin) {
    for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) headers.delete(name)
  }
  const isGet = /^(GET|HEAD)$/.test(request.method)
  const becomesGet = (status === 303 && !isGet) || (status < 303 && request.method === 'POST')
  if (!becomesGet) return { ...request, url, headers }
  // These are about the body: https://fetch.spec.whatwg.org/#request-body-header-name.
  for (const name of ['type', 'length', 'encoding', 'language', 'location']) headers.delete(`content-${name}`)
  return { ...request, url, headers, method: 'GET', body: undefined }
}

function urlOf(address: string | URL, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new TypeError('fetch needs an absolute http: or https: URL.')
  const url = new URL(address, base)
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`fetch over node:http cannot reach ${url.protocol} URLs.`)
  if (url.username !== '' || url.password !== '') throw new TypeError('a URL may not hold a user name or a password.')
  return url
}

function methodOf(method: string): string {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(method)) throw new TypeError('the method is no word that HTTP allows.')
  if (/^(CONNECT|TRACE|TRACK)$/i.test(method)) throw new TypeError(`fetch does not send ${method} requests.`)
  return /^(DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i.test(method) ? method.toUpperCase() : method
}

function bytesOf(body: BodyInit | null | undefined): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof Uint8Array) return body
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  throw new TypeError(
    'fetch over node:http sends text and bytes; give other bodies to a `Request`, which makes bytes of them.',
  )
}

/** What frames a message is the transport's: a wrong word there lets one request be read as two. */
function checkHeaders(headers: Headers, length = 0): void {
  for (const name of ['transfer-encoding', 'expect', 'upgrade', 'keep-alive', 'trailer', 'te']) {
    if (headers.has(name)) throw new TypeError(`the header ${name} is the transport's own.`)
  }
  const connection = headers.get('connection')
  if (connection !== null && !/^(close|keep-alive)$/i.test(connection)) {
    throw new TypeError('the header connection may be "close" or "keep-alive".')
  }
  const given = headers.get('content-length')
  if (given !== null && given !== String(length))
    throw new TypeError('the header content-length is not that of the body.')
}

function setDefault(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value)
}

import type { IncomingMessage } from 'node:http'

/**
 * Why a request is not answered; `undefined` where it is. The server holds keys, so that no page but its own may use it:
 *
 * - `Host` has to be this machine by name or number, and this port. A page of another name that has been made to resolve to
 *   127.0.0.1 (DNS rebinding) sends its own name.
 * - `Origin`, where it is sent, has to be this server, and what changes something has to send it. Browsers do with every
 *   `POST`, and no page can choose its value.
 * - `Sec-Fetch-Site` may not say that another site asks, not even for an image or by a link to the API.
 * - A body has to be declared as JSON, which a form cannot do, and which another origin would have to ask for first. That is
 *   never allowed: there are no CORS headers.
 */
export function refusalOf({ method = 'GET', url = '/', headers }: IncomingMessage, port: number): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host = '', origin } = headers
  if (!hosts.includes(host)) return `The host ${JSON.stringify(host)} is not this server.`
  if (origin !== undefined && origin !== `http://${host}`) return 'Another origin may not use this server.'
  const site = headers['sec-fetch-site'] ?? 'none'
  const isPage = method === 'GET' && !url.startsWith('/api/')
  if (site !== 'same-origin' && site !== 'none' && !isPage) return 'Another site may not use this server.'
  if (method === 'GET' || method === 'HEAD') return undefined
  if (method !== 'POST') return `There is nothing to ${method}.`
  if (origin === undefined) return 'A request that runs something has to name its origin.'
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return 'The body has to be application/json.'
  return undefined
}

/** What every answer says, so that the page loads nothing from elsewhere and stands in no other page. */
export const guardHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

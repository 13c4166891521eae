import { type ClientRequest, request as requestOverHttp, type RequestOptions } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { isIP } from 'node:net'

/** Begins a request to the server that a URL names, whatever is asked of it. Nothing is sent before `end`. */
export function requestTo({ protocol, hostname, port }: URL, options: RequestOptions): ClientRequest {
  // The brackets of an IPv6 address belong to the URL.
  const host = hostname.replace(/^\[|\]$/g, '')
  if (protocol !== 'https:') return requestOverHttp({ ...options, host, port: port || 80 })
  // Node would take the name from the header `host`, which may be about someone else.
  return requestOverTls({ ...options, host, port: port || 443, servername: isIP(host) ? '' : host })
}

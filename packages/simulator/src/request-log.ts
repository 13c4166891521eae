import { without } from './json.ts'
import type { RequestRecord } from './request-record.ts'
import type { Reply } from './route.ts'

/** The path at which a running simulator tells what it was asked. */
export const requestsPath = '/__requests'

/** `GET /__requests`, the records so far, and `DELETE /__requests`, which forgets them. */
export function requestsReply(method: string, requests: readonly RequestRecord[], clear: () => void): Reply {
  const json = { 'content-type': 'application/json' }
  if (method === 'DELETE') {
    clear()
    return { status: 204, headers: {}, streamed: false, frames: [] }
  }
  if (method !== 'GET') {
    const text = JSON.stringify({ message: `${requestsPath} knows GET and DELETE` })
    return { status: 405, headers: { ...json, allow: 'GET, DELETE' }, streamed: false, frames: [{ text, tokens: 0 }] }
  }
  const records = requests.map((record) => without({ ...record }, 'finished'))
  return { status: 200, headers: json, streamed: false, frames: [{ text: JSON.stringify(records), tokens: 0 }] }
}

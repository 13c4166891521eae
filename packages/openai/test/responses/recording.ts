import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DialectName } from '@interlingua/openai'

/**
 * Recorded traffic is no part of this repository. It is looked for beside the checkout, or where `INTERLINGUA_RECORDINGS`
 * says; the tests that want it are skipped, and say so, where it is not there.
 */
const folder: string =
  process.env['INTERLINGUA_RECORDINGS'] ?? join(import.meta.dirname, '../../../../../shared/recordings')

/** One recorded exchange with the Responses API of a server. */
export interface Recording {
  readonly name: string
  readonly provider: DialectName
  readonly status: number
  readonly request: Readonly<Record<string, unknown>>
  readonly headers: Record<string, string>
  readonly text: string
}

interface IndexRow {
  readonly meta: string
  readonly body: string
  readonly status: number
  readonly url: string | null
  readonly kind: string
}

/** The recorded exchanges with Responses APIs, in one kind of body. Empty where there are no recordings. */
export function recordings(kind: 'sse' | 'json'): [string, Recording][] {
  const index = join(folder, 'INDEX.json')
  if (!existsSync(index)) return []
  const rows = JSON.parse(readFileSync(index, 'utf8')) as IndexRow[]
  return rows
    .filter((row) => row.url?.includes('/responses') && row.kind === kind)
    .map(({ meta: name, body, status }) => {
      const meta = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        request: { body: unknown }
        response: { headers: Record<string, string> }
      }
      const sent = meta.request.body
      const request = (typeof sent === 'string' ? JSON.parse(sent) : (sent ?? {})) as Recording['request']
      const { 'content-encoding': _, ...headers } = meta.response.headers
      const text = readFileSync(join(folder, body), 'utf8')
      return [name, { name, provider: name.split('/')[1] as DialectName, status, request, headers, text }]
    })
}

/** The events of a body, read by the plainest means. */
export function eventsIn({ text }: Pick<Recording, 'text'>): Event[] {
  const lines = text.split('\n').filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
  return lines.map((line) => JSON.parse(line.slice(6)) as Event)
}

/** An event as it stands in a recording. */
export interface Event {
  readonly type: string
  readonly output_index?: number
  readonly content_index?: number
  readonly summary_index?: number
  readonly delta?: string
  readonly item?: Item
  readonly response?: WholeResponse
  readonly [key: string]: unknown
}

/** An item as it stands in a recording. */
export interface Item {
  readonly type: string
  readonly call_id?: string
  readonly name?: string
  readonly [key: string]: unknown
}

/** A response as it stands in a recording. */
export interface WholeResponse {
  readonly id: string
  readonly model: string
  readonly status: string
  readonly output: readonly Item[]
  readonly incomplete_details: { readonly reason: string } | null
  readonly usage: {
    readonly input_tokens: number
    readonly output_tokens: number
    readonly input_tokens_details: { readonly cached_tokens: number; readonly cache_write_tokens?: number }
    readonly output_tokens_details: { readonly reasoning_tokens: number }
  }
}

/** Whether there are recordings at all. */
export const recorded: boolean = existsSync(join(folder, 'INDEX.json'))
if (!recorded) console.warn(`No recorded traffic at ${folder}: the tests that replay it are skipped.`)

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DialectName } from '@interlingua/openai'

/**
 * Recorded traffic is no part of this repository. It is looked for beside the checkout, or where `INTERLINGUA_RECORDINGS`
 * says; the tests that want it are skipped, and say so, where it is not there.
 */
const folder: string =
  process.env['INTERLINGUA_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings')

/** One recorded exchange with a server that speaks chat completions. */
export interface Recording {
  readonly name: string
  readonly server: DialectName
  readonly status: number
  readonly request: {
    readonly model: string
    readonly messages: readonly Record<string, unknown>[]
    readonly [field: string]: unknown
  }
  readonly body: Uint8Array
}

/** Whether there are recordings at all. */
export const recorded: boolean = existsSync(join(folder, 'INDEX.json'))
if (!recorded) console.warn(`No recorded traffic at ${folder}: the tests that replay it are skipped.`)

/** The recorded chat completions, in one kind of body. Empty where there are no recordings. */
export function recordings(kind: 'sse' | 'json'): Recording[] {
  if (!recorded) return []
  const rows = JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) as {
    meta: string
    body: string
    status: number
    url: string
    kind: string
  }[]
  return rows
    .filter((row) => row.meta.startsWith('openai/') && row.url.endsWith('chat/completions') && row.kind === kind)
    .map(({ meta: name, body, status }) => {
      const meta = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { request: { body: Recording['request'] } }
      const server = name.split('/')[1] as DialectName
      return { name, server, status, request: meta.request.body, body: readFileSync(join(folder, body)) }
    })
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Recorded traffic is no part of this repository. It is looked for beside the checkout, or where `INTERLINGUA_RECORDINGS`
 * says; the tests that want it are skipped, and say so, where it is not there.
 */
export const folder: string =
  process.env['INTERLINGUA_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings')

/** One recorded exchange. */
export interface Recording {
  readonly name: string
  readonly model: string
  readonly status: number
  readonly request: { readonly messages: unknown[]; readonly stream?: boolean }
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

interface IndexRow {
  readonly meta: string
  readonly body: string
  readonly status: number
  readonly url: string
  readonly kind: string
}

/** The recorded exchanges with an endpoint, in one kind of body. Empty where there are no recordings. */
export function recordings(url: string, kind: 'sse' | 'ndjson' | 'json'): Recording[] {
  const index = join(folder, 'INDEX.json')
  if (!existsSync(index)) return []
  const rows = JSON.parse(readFileSync(index, 'utf8')) as IndexRow[]
  return rows
    .filter((row) => row.url === url && row.kind === kind)
    .map(({ meta: name, body, status }) => {
      const meta = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        request: { body: Recording['request'] & { model: string } }
        response: { headers: Record<string, string> }
      }
      const { body: request } = meta.request
      return {
        name,
        model: request.model,
        status,
        request,
        headers: meta.response.headers,
        body: readFileSync(join(folder, body)),
      }
    })
}

/** Whether there are recordings at all. */
export const recorded: boolean = existsSync(join(folder, 'INDEX.json'))
if (!recorded) console.warn(`No recorded traffic at ${folder}: the tests that replay it are skipped.`)

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Where recordings of real traffic are; they are no part of this repository. */
export const folder: string = process.env['INTERLINGUA_RECORDINGS'] ?? `${root}../shared/recordings`
export const present: boolean = existsSync(`${folder}/INDEX.json`)
/** What tests without recordings say. */
export const absence: string = present ? '' : ' (there are no recordings; INTERLINGUA_RECORDINGS can name their folder)'

interface Row {
  meta: string
  body: string
  url: string
  status: number
  kind: string
}

export interface Exchange extends Row {
  method: string
  path: string
  request: Record<string, unknown> | undefined
  accepts: string | undefined
  answer: string
}

function text(file: string): string {
  return readFileSync(`${folder}/${file}`, 'utf8')
}

/** All recorded exchanges with api.cohere.com. */
export function exchanges(): Exchange[] {
  if (!present) return []
  const rows: Row[] = JSON.parse(text('INDEX.json'))
  return rows.filter(({ url }) => url.startsWith('api.cohere.com')).map(exchangeOf)
}

function exchangeOf(row: Row): Exchange {
  const {
    request,
  }: { request: { method?: string; body?: Record<string, unknown>; headers?: Record<string, string> } } = JSON.parse(
    text(row.meta),
  )
  return {
    ...row,
    method: request.method ?? 'POST',
    path: row.url.slice('api.cohere.com'.length),
    request: request.body ?? undefined,
    accepts: request.headers?.['accepts'],
    answer: text(row.body),
  }
}

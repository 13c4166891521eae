import { readFileSync } from 'node:fs'
import { folder, present } from './recorded.ts'

/** A recorded exchange with a server that speaks OpenAI's protocols. */
export interface OpenAIExchange {
  readonly meta: string
  /** The folder, which is the name of the dialect. */
  readonly server: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly kind: string
  readonly request: Record<string, unknown> | undefined
  readonly answer: string
}

interface Row {
  meta: string
  body: string
  status: number
  kind: string
}

interface Meta {
  request: { method?: string; url: string; body?: unknown }
}

/** All of them. */
export function openaiExchanges(): OpenAIExchange[] {
  if (!present) return []
  const rows: Row[] = JSON.parse(read('INDEX.json'))
  return rows.filter(({ meta }) => meta.startsWith('openai/')).map(exchangeOf)
}

function exchangeOf({ meta, body, status, kind }: Row): OpenAIExchange {
  const { request }: Meta = JSON.parse(restored(read(meta), meta))
  return {
    meta,
    server: meta.split('/')[1] ?? '',
    method: request.method ?? 'POST',
    path: request.url.replace(/^https?:\/\/[^/]+/, ''),
    status,
    kind,
    request: isObject(request.body) ? request.body : undefined,
    answer: read(body),
  }
}

// The ids that were taken out have another form than those that Mistral checks.
function restored(text: string, meta: string): string {
  if (!meta.includes('/mistral/')) return text
  return text.replace(/call_REDACTED_(\d+)/g, (_, number: string) => `call${number.padStart(5, '0')}`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function read(file: string): string {
  return readFileSync(`${folder}/${file}`, 'utf8')
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importExchange, openCassette, writeCassette } from '../src/index.ts'
import { newPath } from './folder.ts'

const folder = process.env['INTERLINGUA_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings')
const index = join(folder, 'INDEX.json')
/** Of some, only the path is known. */
const baseURL = 'https://example.com'
const present = existsSync(index)

test.skipIf(!present)('every recorded exchange is replayed with its status and its bytes', async () => {
  const rows = JSON.parse(readFileSync(index, 'utf8')) as { meta: string; body: string; status: number }[]
  expect(rows.length).toBeGreaterThan(500)
  const exchanges = await Promise.all(rows.map(({ meta }) => importExchange(join(folder, meta), { baseURL })))
  const path = await newPath()
  await writeCassette(path, exchanges)
  const cassette = await openCassette(path, { mode: 'replay' })
  for (const [at, { body, status }] of rows.entries()) {
    const meta = JSON.parse(readFileSync(join(folder, rows[at]?.meta ?? ''), 'utf8')) as {
      request: { url: string; method: string; body?: unknown }
    }
    const { url, method, body: sent } = meta.request
    const content = typeof sent === 'string' ? sent : JSON.stringify(sent)
    const response = await cassette.fetch(new URL(url, baseURL), {
      method,
      ...(sent !== undefined && sent !== null && sent !== '' && { body: content }),
    })
    expect([url, response.status]).toEqual([url, status])
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([body, bytes.equals(readFileSync(join(folder, body)))]).toEqual([body, true])
  }
  await cassette.close()
})

test.runIf(!present)(`recordings are not checked: there are none in ${folder}`, () => {})

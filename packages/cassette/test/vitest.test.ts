import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { rm } from 'node:fs/promises'
import { useCassette } from '../src/vitest.ts'

const folder = join(import.meta.dirname, 'cassettes/vitest')
const network: typeof fetch = async () => new Response('recorded')

afterAll(() => rm(join(import.meta.dirname, 'cassettes'), { recursive: true }))

describe('one line', () => {
  test('records: "once" and for all', async () => {
    const fetch = await useCassette({ mode: 'record', fetch: network })
    expect(await (await fetch('https://example.com/')).text()).toBe('recorded')
  })

  test('is a file that is named after the test', () => {
    expect(existsSync(join(folder, 'one-line-records-once-and-for-all.json'))).toBe(true)
  })
})

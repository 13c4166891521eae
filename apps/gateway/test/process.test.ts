import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { hashOf, makeKey } from '../src/caller-key.ts'
import { GatewayProcess, run, scratchFolder } from './gateway-process.ts'
import { eventsOf } from './sse.ts'

const messages = [{ role: 'user', content: 'Who wrote Dune?' }]
const model = 'cohere/command-a-03-2025'

test('a key is made, and only its hash is for the configuration', async () => {
  const { code, output } = await run('key', '--name', 'team-a')
  const [key = ''] = /ilg_[\w-]+/.exec(output) ?? []
  expect(code).toBe(0)
  expect(output).toContain(`- name: "team-a"\n    hash: ${hashOf(key)}`)
})

test('a wrong configuration ends it, with the line', async () => {
  using folder = scratchFolder()
  const file = join(folder.path, 'gateway.yaml')
  writeFileSync(file, 'server:\n  prot: 80\n')
  const { code, output } = await run('--config', file)
  expect(code).toBe(1)
  expect(output).toContain(`${file}:2:3 server: there is no \`prot\` here.`)
  expect(output).not.toContain(' at ')
})

test('SIGTERM finishes the streams that are running, takes no more, and ends with 0', async () => {
  using folder = scratchFolder()
  await using gateway = await GatewayProcess.start(folder.path)
  const response = await gateway.post('/v1/chat/completions', { model, messages, stream: true })
  gateway.child.kill('SIGTERM')
  const events = await eventsOf(response)
  expect(events.at(-1)).toEqual({ data: '[DONE]' })
  expect(await gateway.ended).toBe(0)
  await expect(gateway.post('/v1/chat/completions', { model, messages })).rejects.toThrow('fetch failed')
})

test('SIGTERM waits no longer than it was told', async () => {
  using folder = scratchFolder()
  await using gateway = await GatewayProcess.start(folder.path, { server: { shutdownGraceMs: 1 } })
  const response = await gateway.post('/v2/chat', { model, messages, stream: true })
  gateway.child.kill('SIGTERM')
  const events = await eventsOf(response)
  expect(JSON.parse(events.find(({ event }) => event === 'message-end')?.data ?? '{}')).toMatchObject({
    delta: { finish_reason: 'ERROR' },
  })
  expect(await gateway.ended).toBe(0)
})

test('a process that is killed under load has logged every answer that a client has seen the end of', async () => {
  using folder = scratchFolder()
  const file = join(folder.path, 'log.sqlite')
  const key = makeKey()
  const complete: string[] = []
  {
    await using gateway = await GatewayProcess.start(folder.path, { log: { file } }, key)
    const client = async (): Promise<void> => {
      for (;;) {
        try {
          const response = await gateway.post('/v1/embeddings', {
            model: 'openai/text-embedding-3-small',
            input: 'Dune',
          })
          await response.json()
          complete.push(response.headers.get('x-request-id') ?? '')
        } catch {
          return
        }
        if (complete.length >= 60) gateway.child.kill('SIGKILL')
      }
    }
    await Promise.all(Array.from({ length: 8 }, client))
  }
  const rows = rowsOf(file)
  expect(complete.length).toBeGreaterThanOrEqual(60)
  expect(complete.filter((id) => !rows.has(id))).toEqual([])

  // It starts again with the same file, and knows what was used up.
  const keys = [{ name: 'tester', hash: key.hash, limits: { requestsPerDay: rows.size + 1 } }]
  await using again = await GatewayProcess.start(folder.path, { log: { file }, keys }, key)
  expect((await again.post('/v2/chat', { model, messages })).status).toBe(200)
  expect((await again.post('/v2/chat', { model, messages })).status).toBe(429)
})

function rowsOf(file: string): Set<string> {
  using database = new DatabaseSync(file)
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  return new Set(
    database
      .prepare('SELECT id FROM requests')
      .all()
      .map(({ id }) => String(id)),
  )
}

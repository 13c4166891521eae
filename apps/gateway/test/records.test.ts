import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { scratchFolder } from './gateway-process.ts'
import { start } from './start.ts'

const messages = [{ role: 'user', content: 'Who wrote Dune?' }]
const usage = { inputTokens: 100, cachedTokens: 0, outputTokens: 20 }

test('each request has a row, with usage and cost', async () => {
  using folder = scratchFolder()
  const file = join(folder.path, 'log.sqlite')
  {
    await using started = await start({ log: { file } }, { scripts: [{ usage, text: 'Herbert' }] })
    await (await started.post('/v1/chat/completions', { model: 'openai/gpt-4o-mini', messages, stream: true })).text()
    await started.post('/v2/chat', { model: 'cohere/command-a-03-2025', messages })
    await started.post('/v2/chat', { model: 'nobody/nothing', messages })
    await started.post('/v2/rerank', { model: 'cohere/rerank-v4.0-pro', query: 'a', documents: ['a'] })
  }
  using database = new DatabaseSync(file)
  const rows = database.prepare('SELECT * FROM requests ORDER BY rowid').all()
  expect(rows).toMatchObject([
    {
      caller: 'tester',
      endpoint: 'openai-chat',
      stream: 1,
      model: 'openai/gpt-4o-mini',
      provider: 'openai',
      providerModel: 'gpt-4o-mini-2024-07-18',
      status: 200,
      error: null,
      inputTokens: 100,
      outputTokens: 20,
      // 0.15 and 0.60 USD for a million.
      costNanoUsd: 100 * 150 + 20 * 600,
    },
    // 2.50 and 10 USD for a million, of what is billed.
    { endpoint: 'cohere-chat', stream: 0, provider: 'cohere', status: 200, costNanoUsd: 100 * 2_500 + 20 * 10_000 },
    { model: 'nobody/nothing', status: 404, error: 'not_found', costNanoUsd: null },
    { endpoint: 'cohere-rerank', status: 200 },
  ])
  expect(rows[0]?.['firstTokenMs']).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain('Dune')
})

test('metrics tell requests, tokens, cost and latency, by model, key and status', async () => {
  await using started = await start({}, { scripts: [{ usage, text: 'Herbert' }] })
  const model = 'openai/gpt-4o-mini'
  await started.post('/v1/chat/completions', { model, messages })
  await started.post('/v1/chat/completions', { model, messages })
  await started.post('/v1/chat/completions', { model: 'nobody/"x"\n', messages })
  const response = await fetch(`${started.url}/metrics`, { headers: { authorization: `Bearer ${started.key}` } })
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await response.text()
  const lines = text.split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      `interlingua_requests_total{endpoint="openai-chat",model="${model}",key="tester",status="200"} 2`,
      'interlingua_requests_total{endpoint="openai-chat",model="unknown",key="tester",status="404"} 1',
      `interlingua_tokens_total{model="${model}",key="tester",direction="input"} 200`,
      `interlingua_tokens_total{model="${model}",key="tester",direction="output"} 40`,
      `interlingua_request_duration_seconds_count{endpoint="openai-chat",model="${model}"} 2`,
      `interlingua_request_duration_seconds_bucket{endpoint="openai-chat",model="${model}",le="+Inf"} 2`,
      'interlingua_in_flight 0',
    ]),
  )
  const cost = lines.find((line) => line.startsWith('interlingua_cost_usd_total{'))
  expect(Number(cost?.split(' ').at(-1))).toBeCloseTo(0.000_054, 9)
  // The text format: a comment, or a name, labels and a number.
  const sample = /^[a-z_]+(\{[a-z_]+="(?:[^"\\\n]|\\.)*"(,[a-z_]+="(?:[^"\\\n]|\\.)*")*\})? [\d.e+-]+$/
  expect(lines.filter((line) => line !== '' && !line.startsWith('# ') && !sample.test(line))).toEqual([])
})

test('the log has a line of JSON for each request', async () => {
  await using started = await start()
  await started.post('/v2/chat', { model: 'cohere/command-a-03-2025', messages })
  const lines = started.lines.map((line) => JSON.parse(line) as { event: string })
  expect(lines.map(({ event }) => event)).toEqual(['listening', 'request'])
  expect(lines[1]).toMatchObject({ level: 'info', caller: 'tester', endpoint: 'cohere-chat', status: 200 })
})

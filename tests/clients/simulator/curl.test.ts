import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { useSimulator } from '@interlingua/simulator/vitest'
import { expect, test } from 'vitest'

const simulator = useSimulator()
const run = promisify(execFile)

/** What `curl` prints: the body, and after it a line with the status. */
async function curl(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const common = ['-sS', '-N', '-X', method, '-w', '\n%{http_code}', '-H', 'authorization: Bearer any']
  const json = body === undefined ? [] : ['-H', 'content-type: application/json', '-d', JSON.stringify(body)]
  const { stdout } = await run('curl', [...common, ...json, `${simulator.url}${path}`])
  const end = stdout.lastIndexOf('\n')
  return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) }
}

const messages = [{ role: 'user', content: 'Who wrote Dune?' }]
const cohere = { model: 'command-a-03-2025', messages }
const openai = { model: 'gpt-4o-mini', messages }
const vectors = { model: 'embed-v4.0', input_type: 'search_query', texts: ['a'], embedding_types: ['float'] }
const ranked = { model: 'rerank-v3.5', query: 'steel', documents: ['sea', 'steel'] }

test.each<[string, string, unknown, string]>([
  ['POST', '/v2/chat', cohere, 'Frank Herbert'],
  ['POST', '/v2/chat', { ...cohere, stream: true }, 'event: message-end'],
  ['POST', '/v1/chat', { model: cohere.model, message: 'Who wrote Dune?' }, 'Frank Herbert'],
  ['POST', '/v1/chat', { model: cohere.model, message: 'Who wrote Dune?', stream: true }, '"event_type":"stream-end"'],
  ['POST', '/v2/embed', vectors, '"float":[['],
  ['POST', '/v1/embed', { model: 'embed-english-v3.0', input_type: 'search_query', texts: ['a'] }, '"embeddings":[['],
  ['POST', '/v2/rerank', ranked, '"results":[{"index":1'],
  ['POST', '/v1/rerank', ranked, '"results":['],
  ['POST', '/v1/tokenize', { model: cohere.model, text: 'hello' }, '"tokens":['],
  ['POST', '/v1/detokenize', { model: cohere.model, tokens: [104] }, '"text":'],
  ['GET', '/v1/models?page_size=2', undefined, '"next_page_token"'],
  ['GET', '/v1/models/command-a-03-2025', undefined, '"context_length"'],
  ['POST', '/v1/check-api-key', undefined, '"valid":true'],
  ['POST', '/v1/chat/completions', openai, 'Frank Herbert'],
  ['POST', '/v1/chat/completions', { ...openai, stream: true }, 'data: [DONE]'],
  ['POST', '/groq/v1/chat/completions', { ...openai, stream: true }, 'x_groq'],
  ['POST', '/v1/responses', { model: openai.model, input: 'Who wrote Dune?' }, 'Frank Herbert'],
  ['POST', '/v1/responses', { model: openai.model, input: 'Hi', stream: true }, 'event: response.completed'],
  ['POST', '/v1/responses/input_tokens', { model: openai.model, input: 'Hi' }, '"input_tokens"'],
  ['POST', '/v1/embeddings', { model: 'text-embedding-3-small', input: 'a' }, '"embedding":['],
  ['GET', '/openai/v1/models', undefined, '"object":"list"'],
  ['GET', '/openai/v1/models/gpt-4o-mini', undefined, '"object":"model"'],
])('%s %s', async (method, path, body, expected) => {
  const { status, text } = await curl(method, path, body)
  expect([status, text]).toEqual([200, expect.stringContaining(expected)])
})

test('a response is stored, told again, and deleted', async () => {
  const created = await curl('POST', '/v1/responses', { model: openai.model, input: 'Who wrote Dune?' })
  const { id }: { id: string } = JSON.parse(created.text)
  expect((await curl('GET', `/v1/responses/${id}`)).text).toContain('Frank Herbert')
  expect((await curl('GET', `/v1/responses/${id}/input_items`)).text).toContain('Who wrote Dune?')
  expect((await curl('DELETE', `/v1/responses/${id}`)).text).toContain('"deleted":true')
  expect((await curl('GET', `/v1/responses/${id}`)).status).toBe(404)
})

test('a response in the background is cancelled', async () => {
  const request = { model: openai.model, input: 'Hi', background: true }
  const { id }: { id: string } = JSON.parse((await curl('POST', '/v1/responses', request)).text)
  expect((await curl('POST', `/v1/responses/${id}/cancel`)).status).toBe(200)
})

test('what was asked is told, and forgotten', async () => {
  await curl('POST', '/v2/chat', cohere)
  expect((await curl('GET', '/__requests')).text).toContain('"path":"/v2/chat"')
  await curl('DELETE', '/__requests')
  expect((await curl('GET', '/__requests')).text).not.toContain('/v2/chat')
})

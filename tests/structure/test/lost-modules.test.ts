import { expect, test } from 'vitest'
import { runWithLost } from '../src/plain-bundle.ts'

const key = 'a-very-secret-key'

/** Streams once as it should; with an argument, it lets everything fail, and writes what it is told. */
const program = `import { createCohere } from '@interlingua/cohere'
import { isInterlinguaError } from '@interlingua/core/adapter'
import { inspect } from 'node:util'
const event = (event) => 'data: ' + JSON.stringify(event) + '\\n\\n'
const start = event({ type: 'content-delta', index: 0, delta: { message: { content: { text: 'Du' } } } })
const end = event({ type: 'message-end', delta: { finish_reason: 'COMPLETE' } })
const headers = { 'content-type': 'text/event-stream' }
const broken = () => new ReadableStream({
  start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
  pull: (controller) => controller.error(new Error('the line is dead: ${key}')),
})
const refused = (status) => () => new Response('{"message":"no ${key}"}', { status })
const scenes = {
  unreachable: () => { throw new TypeError('no network for ${key}') },
  authentication: refused(401),
  rateLimit: refused(429),
  invalid: refused(400),
  server: refused(503),
  html: () => new Response('<p>${key}</p>', { headers: { 'content-type': 'text/html' } }),
  broken: () => new Response(broken(), { headers }),
}
const told = []
const ask = async (scene, answer, whole) => {
  let requests = 0
  const fetch = async () => (requests++, answer())
  const model = createCohere({ apiKey: '${key}', fetch })('command-a-03-2025')
  try {
    whole ? await model.call('Hi') : await model.stream('Hi').response()
  } catch (error) {
    const { code, provider, model, status, retryable, partial, cause } = error
    const leaks = [inspect(error, { depth: 9 }), JSON.stringify(error), error.stack].join().includes('${key}')
    told.push({ scene, typed: isInterlinguaError(error), code, provider, model, status, retryable, requests, leaks,
      content: partial?.content, cause: cause?.constructor.name })
  }
}
if (process.argv[2]) {
  for (const [scene, answer] of Object.entries(scenes)) await ask(scene, answer, false)
  await ask('whole', scenes.unreachable, true)
  process.stdout.write(JSON.stringify(told))
} else {
  await ask('good', () => new Response(start + end, { headers }), false)
}
`

test('where what a failure needs cannot be loaded, the failure is told all the same, and nothing is tried again', async () => {
  const told: unknown = JSON.parse(await runWithLost('packages/cohere', program, 'fail'))
  const known = { typed: true, provider: 'cohere', model: 'command-a-03-2025', leaks: false }
  const sent = { ...known, requests: 1, content: '' }
  expect(told).toMatchObject([
    { scene: 'unreachable', ...sent, code: 'connection', retryable: true, cause: 'Error' },
    { scene: 'authentication', ...sent, code: 'authentication', status: 401, retryable: false },
    { scene: 'rateLimit', ...sent, code: 'rate_limit', status: 429, retryable: true },
    { scene: 'invalid', ...sent, code: 'invalid_request', status: 400, retryable: false },
    { scene: 'server', ...sent, code: 'server', status: 503, retryable: true },
    { scene: 'html', ...sent, code: 'protocol', status: 200, retryable: false },
    { scene: 'broken', ...sent, code: 'connection', content: 'Du', cause: 'Error' },
    { scene: 'whole', ...known, requests: 0, code: 'connection', retryable: true },
  ])
})

/** The same with OpenAI's adapter; a call of a tool that was not offered takes what is loaded late as well. */
const openaiProgram = (
  options: string,
  events: { readonly start: unknown; readonly end: unknown; readonly call: unknown },
): string => `import { createOpenAI } from '@interlingua/openai'
import { isInterlinguaError } from '@interlingua/core/adapter'
const event = (event) => 'data: ' + JSON.stringify(event) + '\\n\\n'
const { start, end, call } = ${JSON.stringify(events)}
const headers = { 'content-type': 'text/event-stream' }
const scenes = {
  authentication: () => new Response('{"error":{"message":"no"}}', { status: 401 }),
  call: () => new Response(event(start) + event(call), { headers }),
}
const told = []
const ask = async (scene, answer) => {
  const model = createOpenAI({ apiKey: 'a-key', fetch: async () => answer(), ${options} })('gpt-5')
  try {
    await model.stream('Hi').response()
  } catch (error) {
    const { code, provider, model, partial } = error
    told.push({ scene, typed: isInterlinguaError(error), code, provider, model, content: partial?.content })
  }
}
if (process.argv[2]) {
  for (const [scene, answer] of Object.entries(scenes)) await ask(scene, answer)
  process.stdout.write(JSON.stringify(told))
} else {
  await ask('good', () => new Response(event(start) + event(end) + 'data: [DONE]\\n\\n', { headers }))
}
`

const called = { index: 0, id: 'a', function: { name: 'find', arguments: '{}' } }
const place = { output_index: 0, content_index: 0 }

test.each([
  {
    api: 'chat',
    start: { id: 'c', choices: [{ index: 0, delta: { content: 'Du' } }] },
    end: { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 1 } },
    call: { id: 'c', choices: [{ index: 0, delta: { tool_calls: [called] } }] },
  },
  {
    api: 'responses',
    start: { type: 'response.output_text.delta', ...place, delta: 'Du' },
    end: { type: 'response.completed', response: { status: 'completed', output: [] } },
    call: { type: 'response.output_item.added', output_index: 1, item: { type: 'function_call', name: 'find' } },
  },
])('where what reads a rare event of $api cannot be loaded, that is told', async ({ api, ...events }) => {
  const calls = openaiProgram(`api: '${api}'`, events)
  const told: unknown = JSON.parse(await runWithLost('packages/openai', calls, 'fail'))
  const known = { typed: true, provider: 'openai', model: 'gpt-5' }
  expect(told).toMatchObject([
    { scene: 'authentication', ...known, code: 'authentication', content: '' },
    { scene: 'call', ...known, code: 'connection', content: 'Du' },
  ])
})

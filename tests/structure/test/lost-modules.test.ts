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

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createCohere } from '@interlingua/cohere'
import { errorFromJson, InterlinguaError, isInterlinguaError } from '@interlingua/core'
import { expect, test } from 'vitest'
import { serving, start, streamHead, text } from './serving.ts'

async function failure(): Promise<InterlinguaError> {
  await using server = await serving((response) => streamHead(response).write(start + text('Read')))
  const stream = createCohere({ apiKey: 'key', baseURL: server.url, timeout: { idleMs: 30 } })(
    'command-a-03-2025',
  ).stream('Hi')
  const error = await stream.response().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (isInterlinguaError(error)) return error
  throw new TypeError('expected an error')
}

/** What comes back of a value through a real thread. */
async function throughWorker(value: unknown): Promise<unknown> {
  const program =
    "const { parentPort, workerData } = require('node:worker_threads'); parentPort.postMessage(workerData)"
  const worker = new Worker(program, { eval: true, workerData: value })
  try {
    const [received] = (await once(worker, 'message')) as [unknown]
    return received
  } finally {
    await worker.terminate()
  }
}

test('an error goes to another thread and back as its JSON, and is one again', async () => {
  const error = await failure()
  const json = await throughWorker(error.toJSON())
  expect(json).toEqual(JSON.parse(JSON.stringify(error)))
  expect(json).toMatchObject({ partial: { content: 'Read' } })
  const revived = errorFromJson(json)
  expect(revived).toBeInstanceOf(InterlinguaError)
  expect(isInterlinguaError(revived)).toBe(true)
  const { code, message, provider, model, retryable, attempts, deadline } = error
  expect(revived).toMatchObject({ code, message, provider, model, retryable, attempts, deadline })
  expect([code, attempts, deadline]).toEqual(['timeout', 1, 'idle'])
})

test('the platform’s own copy of an error keeps its message only, and is not taken for one', async () => {
  const error = await failure()
  const copy = await throughWorker(error)
  expect(copy).toMatchObject({ message: error.message })
  expect(isInterlinguaError(copy)).toBe(false)
  expect(errorFromJson(copy)).toBeUndefined()
})

test('a status, a field and a cause come back too; what is no such error does not', () => {
  const details = {
    code: 'invalid_request',
    message: 'no',
    status: 400,
    requestId: 'x',
    field: 'tools',
    body: '{}',
  } as const
  const error = new InterlinguaError({ ...details, cause: new Error('why') })
  expect(errorFromJson(JSON.parse(JSON.stringify(error)))).toMatchObject({ ...details, cause: 'Error: why' })
  expect(errorFromJson(error)).toBe(error)
  const others = [null, 'text', [], {}, { name: 'InterlinguaError' }, { name: 'InterlinguaError', code: 'constructor' }]
  expect(others.map(errorFromJson)).toEqual(others.map(() => undefined))
})

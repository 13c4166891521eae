import { inspect } from 'node:util'
import OpenAI from 'openai'
import { createOpenAI } from '@interlingua/openai'
import { expect, test } from 'vitest'

const key = 'sk-made-by-a-function-0123456789'

/** An error of a call through a client whose server tells what it was sent. */
async function errorFrom(apiKey: () => Promise<string>): Promise<unknown> {
  const fetch: typeof globalThis.fetch = async (_, init) =>
    Response.json({ error: { message: `no: ${new Headers(init?.headers).get('authorization')}` } }, { status: 401 })
  const openai = createOpenAI({ client: new OpenAI({ apiKey, fetch }) })
  return openai('gpt-5.6')
    .call('Hi')
    .catch((error: unknown) => error)
}

test('a key that a function makes is seen when it is sent, and shown nowhere', async () => {
  const error = await errorFrom(async () => key)
  expect(error).toMatchObject({ code: 'authentication', message: expect.stringContaining('no: Bearer [REDACTED]') })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(key)
})

test('a function that fails to make a key is an error with its reason', async () => {
  const error = await errorFrom(() => Promise.reject(new Error('no token')))
  expect(error).toMatchObject({ provider: 'openai', model: 'gpt-5.6', message: expect.stringContaining('no token') })
})

test.each([
  ['timeout', { timeout: { idleMs: 0 } }],
  ['retry', { retry: { attempts: 0 } }],
  ['limits', { limits: { eventCharacters: -1 } }],
] as const)('an option that makes no sense names the provider: %s', (_, options) => {
  expect(() => createOpenAI({ apiKey: key, dialect: 'groq', ...options })).toThrow(
    expect.objectContaining({ code: 'invalid_request', provider: 'groq', message: expect.stringMatching(/^Groq: /) }),
  )
})

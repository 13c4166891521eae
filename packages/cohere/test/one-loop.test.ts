import type { IncomingHttpHeaders } from 'node:http'
import { CohereClientV2 } from 'cohere-ai'
import { createCohere as create } from '@interlingua/cohere'
import { defineCall, defineTool, fallback, jsonSchema, retry, structured } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { failureOf } from './failure-of.ts'
import { answer, json, serving } from './serving.ts'
import { transports } from './transport.ts'
import { noWait } from '@interlingua/wrappers-test'

const modelId = 'command-a-03-2025'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  describe('however it is asked, there is one loop', () => {
    /** How many requests reach a server that always fails, where `attempts` are allowed. */
    async function requestsOf(
      attempts: number,
      ask: (cohere: ReturnType<typeof createCohere>) => Promise<unknown>,
    ): Promise<readonly IncomingHttpHeaders[]> {
      await using server = await serving((response) => json(response, '{}', 500))
      await failureOf(ask(createCohere({ apiKey: 'key', baseURL: server.url, retry: { attempts, wait: noWait } })))
      return server.requests.map(({ headers }) => headers)
    }
    const schema = jsonSchema({ type: 'object', properties: { title: { type: 'string' } }, required: ['title'] })
    const tool = defineTool({ name: 'look', description: 'Looks', input: schema, run: () => 'seen' })
    const prompt = (): string => 'Hi'

    test.each([1, 2, 4])('%i attempts are as many requests', async (attempts) => {
      const counts = await Promise.all([
        requestsOf(attempts, (cohere) => cohere(modelId).call('Hi')),
        requestsOf(attempts, (cohere) => cohere(modelId).stream('Hi').response()),
        requestsOf(attempts, (cohere) => defineCall({ model: cohere(modelId), prompt, tools: [tool] }).run([])),
        requestsOf(attempts, (cohere) => structured(cohere(modelId), schema).call('Hi')),
        requestsOf(attempts, (cohere) => structured(cohere(modelId), schema).stream('Hi').response()),
        requestsOf(attempts, (cohere) => cohere.embed('embed-v4.0').embed(['one'], { inputType: 'search_document' })),
        requestsOf(attempts, (cohere) => cohere(modelId).call('Hi', { retry: { onRetry: () => {} } })),
      ])
      expect(counts.map(({ length }) => length)).toEqual(counts.map(() => attempts))
      const both = await requestsOf(attempts, (cohere) =>
        fallback([cohere(modelId), cohere('command-r-08-2024')]).call('Hi'),
      )
      expect(both).toHaveLength(2 * attempts)
    })

    test.each(['call', 'stream'] as const)('retry() is the loop, and the one inside is off: %s', async (kind) => {
      for (const wrap of [
        (cohere: ReturnType<typeof createCohere>) => retry(cohere(modelId), { attempts: 2, wait: noWait }),
        (cohere: ReturnType<typeof createCohere>) =>
          retry(retry(cohere(modelId), { attempts: 5 }), { attempts: 2, wait: noWait }),
      ]) {
        const sent = await requestsOf(4, async (cohere) => {
          const error = await failureOf(
            kind === 'call' ? wrap(cohere).call('Hi') : wrap(cohere).stream('Hi').response(),
          )
          expect(error.attempts).toBe(2)
          throw error
        })
        expect(sent).toHaveLength(2)
        expect(new Set(sent.map((headers) => headers['idempotency-key'])).size).toBe(1)
      }
      const once = await requestsOf(4, (cohere) => retry(cohere(modelId), { attempts: 3 }).call('Hi', { retry: false }))
      expect(once).toHaveLength(1)
    })

    test('a conversation that was changed for the next attempt has another key', async () => {
      const sent = await requestsOf(1, (cohere) =>
        retry(cohere(modelId), {
          attempts: 2,
          wait: noWait,
          reinsert: (_, messages) => [...messages, { role: 'user', content: 'Again' }],
        }).call('Hi'),
      )
      expect(new Set(sent.map((headers) => headers['idempotency-key'])).size).toBe(2)
    })
  })

  test('many calls that fail soon send nothing twice: the budget of the provider is used up', async () => {
    await using server = await serving((response, index) =>
      index < 200 ? json(response, '{}', 500) : json(response, answer),
    )
    const cohere = createCohere({ apiKey: 'key', baseURL: server.url, retry: { wait: noWait } })
    for (let calls = 0; calls < 100; calls++) await failureOf(cohere(modelId).call('Hi'))
    // 500 tokens are 35 retries at 14 each: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    expect(server.requests).toHaveLength(100 + 35)
    const error = await failureOf(cohere(modelId).call('Hi'))
    expect(error.message).toContain('retry.budget')
    expect(server.requests).toHaveLength(136)
    // One that succeeds gives back one, so that a retry can be paid for after several; around a model it is the same one.
    await failureOf(retry(cohere(modelId), { wait: noWait }).call('Hi'))
    expect(server.requests).toHaveLength(137)
    const other = createCohere({ apiKey: 'key', baseURL: server.url, retry: { wait: noWait, budget: false } })
    await failureOf(other(modelId).call('Hi'))
    expect(server.requests).toHaveLength(140)
  })
})

test('a client that would try again itself does not', async () => {
  await using server = await serving((response) => json(response, '{}', 503))
  const client = new CohereClientV2({ token: 'key', environment: server.url, maxRetries: 7 })
  await failureOf(create({ client, retry: { attempts: 2, wait: noWait } })(modelId).call('Hi'))
  expect(server.requests).toHaveLength(2)
})

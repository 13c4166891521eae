import { describe, expect, test } from 'vitest'
import { fetchJson, modelOver } from './model.ts'

const usage = {
  input_tokens: 1_000,
  input_tokens_details: { cached_tokens: 400, cache_write_tokens: 100 },
  output_tokens: 50,
  output_tokens_details: { reasoning_tokens: 30 },
  total_tokens: 1_050,
}
const base = { id: 'resp_1', model: 'gpt-5-mini-2025-08-07', status: 'completed', output: [], usage }
const costOf = async (more: object) => (await modelOver(fetchJson({ ...base, ...more })).call('Hi')).cost

test('the buckets are disjoint', async () => {
  const { usage: told } = await modelOver(fetchJson(base)).call('Hi')
  expect(told).toEqual({
    inputTokens: 500,
    cacheReadTokens: 400,
    cacheWriteTokens: 100,
    outputTokens: 20,
    reasoningTokens: 30,
  })
})

test('what a server does not tell is absent', async () => {
  const { usage: told } = await modelOver(fetchJson({ ...base, usage: { input_tokens: 7, output_tokens: 2 } })).call(
    'Hi',
  )
  expect(told).toEqual({ inputTokens: 7, outputTokens: 2 })
  expect((await modelOver(fetchJson({ ...base, usage: null })).call('Hi')).usage).toEqual({})
})

describe('the cost', () => {
  const plain = { ...base.usage, input_tokens_details: { cached_tokens: 400 } }

  test('is what the list says', async () => {
    expect((await costOf({ usage: plain, service_tier: 'default' }))?.nanoUsd).toBeGreaterThan(0)
  })

  test.each(['flex', 'priority'])('is unknown where the request was served as %s', async (tier) => {
    expect(await costOf({ usage: plain, service_tier: tier })).toBeUndefined()
  })

  test('is unknown where tools ran that are charged for by themselves', async () => {
    const search = { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search' } }
    expect(await costOf({ usage: plain, output: [search] })).toBeUndefined()
  })

  test('is what the server says that it charges, where it does', async () => {
    // As OpenRouter and xAI tell it in recorded answers.
    expect((await costOf({ usage: { ...plain, cost: 0.0000355 } }))?.nanoUsd).toBe(35_500)
    expect((await costOf({ usage: { ...plain, cost_in_usd_ticks: 10_431_000 } }))?.nanoUsd).toBe(1_043_100)
  })
})

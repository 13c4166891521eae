import type { Warning } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { encoded } from './encoded.ts'

const hi = { role: 'user', content: 'Hi' } as const
const thinking = (tokenBudget: number) => ({ thinking: { type: 'enabled', tokenBudget } as const })

describe('https://docs.cohere.com/reference/chat', () => {
  test.each([
    [{ temperature: 1.5 }, { temperature: 1 }, 'temperature'],
    [{ temperature: -1 }, { temperature: 0 }, 'temperature'],
    [{ topP: 1 }, { p: 0.99 }, 'topP'],
    [{ topP: 0 }, { p: 0.01 }, 'topP'],
    [{ topK: 1_000 }, { k: 500 }, 'topK'],
    [{ frequencyPenalty: -0.5 }, { frequency_penalty: 0 }, 'frequencyPenalty'],
    [{ presencePenalty: 2 }, { presence_penalty: 1 }, 'presencePenalty'],
    [{ priority: 1_000 }, { priority: 999 }, 'priority'],
    [{ priority: 2.6 }, { priority: 3 }, 'priority'],
    [{ topK: 10.2 }, { k: 10 }, 'topK'],
    [{ topK: Number.POSITIVE_INFINITY }, { k: 500 }, 'topK'],
    [{ maxTokens: 0 }, { max_tokens: 1 }, 'maxTokens'],
    [{ maxTokens: -5 }, { max_tokens: 1 }, 'maxTokens'],
    [{ maxTokens: 1.5 }, { max_tokens: 2 }, 'maxTokens'],
    [{ seed: -1 }, { seed: 0 }, 'seed'],
    [{ seed: 0.4 }, { seed: 0 }, 'seed'],
    [{ seed: 2 ** 60 }, { seed: Number.MAX_SAFE_INTEGER }, 'seed'],
    [thinking(0), { thinking: { type: 'enabled', token_budget: 1 } }, 'thinking.tokenBudget'],
    [thinking(99.5), { thinking: { type: 'enabled', token_budget: 100 } }, 'thinking.tokenBudget'],
    [{ stop: ['a', 'b', 'c', 'd', 'e', 'f'] }, { stop_sequences: ['a', 'b', 'c', 'd', 'e'] }, 'stop'],
  ])('%o is sent as %o', async (params, body, field) => {
    expect(await encoded([hi], params)).toMatchObject({ ...body, warnings: [{ code: 'unsupported', field }] })
    expect(await encoded([hi], { ...params, onUnsupported: 'ignore' })).toMatchObject({ ...body, warnings: [] })
    await expect(encoded([hi], { ...params, onUnsupported: 'error' })).rejects.toMatchObject({
      code: 'unsupported',
      field,
    })
  })

  test('an error names the field, the value and the limit', async () => {
    const refused = encoded([hi], { temperature: 1.5, onUnsupported: 'error' })
    await expect(refused).rejects.toThrow(/temperature.*0 to 1.*1\.5/)
  })

  test('what is within them is sent as it is', async () => {
    expect(await encoded([hi], { temperature: 1, topP: 0.99, topK: 0 })).toMatchObject({
      temperature: 1,
      p: 0.99,
      k: 0,
      warnings: [],
    })
  })

  test.each([
    ['temperature', 'temperature'],
    ['maxTokens', 'max_tokens'],
    ['topP', 'p'],
    ['topK', 'k'],
    ['frequencyPenalty', 'frequency_penalty'],
    ['presencePenalty', 'presence_penalty'],
    ['seed', 'seed'],
    ['priority', 'priority'],
  ])('NaN as %s is left out, and told: JSON would make it null', async (field, wire) => {
    const params = { [field]: Number.NaN }
    const sent = await encoded([hi], params)
    expect(sent).not.toHaveProperty(wire)
    expect(sent).toMatchObject({
      warnings: [{ code: 'unsupported', field, message: expect.stringMatching(/NaN; it is left out/) }],
    })
    await expect(encoded([hi], { ...params, onUnsupported: 'error' })).rejects.toMatchObject({ field })
  })

  test('a budget that is no number, and a maximum without end', async () => {
    expect(await encoded([hi], thinking(Number.NaN))).toMatchObject({
      thinking: { type: 'enabled' },
      warnings: [{ field: 'thinking.tokenBudget' }],
    })
    const endless = await encoded([hi], { maxTokens: Number.POSITIVE_INFINITY })
    expect(endless).not.toHaveProperty('max_tokens')
    expect(endless).toMatchObject({ warnings: [{ field: 'maxTokens' }] })
  })

  test('the range of seeds is said with what JavaScript can count', async () => {
    const { warnings } = (await encoded([hi], { seed: 2 ** 60 })) as { warnings?: readonly Warning[] }
    expect(warnings?.[0]?.message).toMatch(/0 to 2\^64-1, of which JavaScript counts exactly up to 9007199254740991/)
  })
})

describe('what is not Cohere’s', () => {
  test('is told, and left out', async () => {
    const params = { temperature: 0.5, topA: 1, citationQuality: 'FAST', temprature: 0.5, absent: undefined }
    const sent = await encoded([hi], params)
    expect(Object.keys(sent)).toEqual(['model', 'messages', 'stream', 'temperature', 'warnings'])
    expect(sent).toMatchObject({
      warnings: [{ field: 'topA' }, { field: 'citationQuality' }, { field: 'temprature', code: 'unsupported' }],
    })
    expect(await encoded([hi], { ...params, onUnsupported: 'ignore' })).toMatchObject({ warnings: [] })
    await expect(encoded([hi], { ...params, onUnsupported: 'error' })).rejects.toMatchObject({
      code: 'unsupported',
      field: 'topA',
    })
  })

  test('a tool choice without tools is told', async () => {
    for (const toolChoice of ['required', 'none', { name: 'clock' }] as const) {
      const sent = await encoded([hi], { toolChoice })
      expect(sent).not.toHaveProperty('tool_choice')
      expect(sent).toMatchObject({ warnings: [{ code: 'unsupported', field: 'toolChoice' }] })
    }
    expect(await encoded([hi], { toolChoice: 'auto', tools: [] })).toMatchObject({ warnings: [] })
  })
})

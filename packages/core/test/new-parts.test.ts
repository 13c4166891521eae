import { costOf, type Delta, Fold } from '@interlingua/core'
import { expect, test } from 'vitest'
import { readingOf } from '../src/tool-call-reading.ts'

const messageOf = (deltas: readonly Delta[]) => {
  const fold = new Fold()
  for (const delta of deltas) fold.add(delta)
  return fold.message()
}

test('a refusal and what is spoken are parts of the message', () => {
  const message = messageOf([
    { type: 'refusal', index: 0, text: 'I ' },
    { type: 'refusal', index: 0, text: 'can not.' },
    { type: 'audio', index: 1, text: 'No', data: new Uint8Array([1]), mediaType: 'audio/wav' },
    { type: 'audio', index: 1, text: '.', data: new Uint8Array([2, 3]), providerFields: { ours: { id: 'a' } } },
  ])
  expect(message.content).toEqual([
    { type: 'refusal', text: 'I can not.' },
    {
      type: 'audio',
      data: new Uint8Array([1, 2, 3]),
      mediaType: 'audio/wav',
      transcript: 'No.',
      providerFields: { ours: { id: 'a' } },
    },
  ])
})

test('what only the provider knows is kept with its part, its call and its message', () => {
  const message = messageOf([
    { type: 'thinking', index: 0, text: 'Hm.', providerFields: { ours: { id: 1 } } },
    { type: 'thinking', index: 0, text: '', providerFields: { ours: { signature: 's' } } },
    { type: 'tool-call-start', index: 0, id: 'a', name: 'f', providerFields: { ours: { id: 2 } } },
    { type: 'tool-call-end', index: 0, providerFields: { ours: { done: true } } },
    { type: 'message', providerFields: { ours: { output: [1] } } },
    { type: 'message', providerFields: { theirs: { output: [2] } } },
  ])
  expect(message).toEqual({
    role: 'assistant',
    content: [{ type: 'thinking', text: 'Hm.', providerFields: { ours: { id: 1, signature: 's' } } }],
    toolCalls: [{ id: 'a', name: 'f', args: {}, raw: '', providerFields: { ours: { id: 2, done: true } } }],
    providerFields: { ours: { output: [1] }, theirs: { output: [2] } },
  })
})

test('a call whose arguments are a text is not read as JSON', async () => {
  const fold = new Fold(await readingOf({ tools: [{ name: 'other', parameters: {} }], partialTools: true }))
  fold.add({ type: 'tool-call-start', index: 0, id: 'a', name: 'run', format: 'text' })
  fold.add({ type: 'tool-call-delta', index: 0, text: '{"print' })
  expect(fold.add({ type: 'tool-call-end', index: 0 })).toEqual({
    id: 'a',
    name: 'run',
    args: '{"print',
    raw: '{"print',
    format: 'text',
  })
})

test('a citation that quotes nothing is given what stands at its place', () => {
  const fold = new Fold()
  fold.add({ type: 'text', index: 0, text: 'Rain in Paris' })
  fold.add({ type: 'citation', citation: { start: 8, end: 13, text: '', sources: [] } })
  expect(fold.citations).toEqual([{ start: 8, end: 13, text: 'Paris', sources: [] }])
})

test('a long prompt may cost more', () => {
  const price = {
    usdPerMillion: { inputTokens: 1 },
    longPrompts: { beyondTokens: 100, usdPerMillion: { inputTokens: 2, cacheReadTokens: 1 } },
    source: 'https://example.com',
    date: '2026-01-01',
  }
  expect(costOf({ inputTokens: 100 }, price)?.nanoUsd).toBe(100_000)
  expect(costOf({ inputTokens: 60, cacheReadTokens: 41 }, price)?.nanoUsd).toBe(161_000)
})

import { describe, expect, test } from 'vitest'
import type { Delta } from '../src/delta.ts'
import { Fold } from '../src/fold.ts'

function fold(...deltas: Delta[]): Fold {
  const result = new Fold()
  for (const delta of deltas) result.add(delta)
  return result
}

describe('parts', () => {
  test('are told apart by kind and index, and stand in the order in which they began', () => {
    const { content } = fold(
      { type: 'thinking', index: 0, text: 'Hm' },
      { type: 'text', index: 0, text: 'A' },
      { type: 'text', index: 1, text: 'B' },
      { type: 'thinking', index: 0, text: '.' },
      { type: 'text', index: 0, text: 'a' },
    ).message()
    expect(content).toEqual([
      { type: 'thinking', text: 'Hm.' },
      { type: 'text', text: 'Aa' },
      { type: 'text', text: 'B' },
    ])
  })

  test('may be empty', () => {
    expect(fold({ type: 'text', index: 0, text: '' }).message()).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: '' }],
    })
    expect(fold().message()).toEqual({ role: 'assistant', content: [] })
  })
})

describe('tool calls', () => {
  test('may be interleaved', () => {
    const { toolCalls } = fold(
      { type: 'tool-call-start', index: 0, id: 'a', name: 'f' },
      { type: 'tool-call-start', index: 1, id: 'b', name: 'g' },
      { type: 'tool-call-delta', index: 0, text: '{"x"' },
      { type: 'tool-call-delta', index: 1, text: '[1]' },
      { type: 'tool-call-delta', index: 0, text: ':1}' },
      { type: 'tool-call-end', index: 1 },
      { type: 'tool-call-end', index: 0 },
    ).message()
    expect(toolCalls).toEqual([
      { id: 'a', name: 'f', args: { x: 1 }, raw: '{"x":1}' },
      { id: 'b', name: 'g', args: [1], raw: '[1]' },
    ])
  })

  test('whose arguments were cut off are kept as they came', () => {
    const { toolCalls } = fold(
      { type: 'tool-call-start', index: 0, id: 'a', name: 'f' },
      { type: 'tool-call-delta', index: 0, text: '{"x":' },
    ).message()
    expect(toolCalls).toEqual([
      {
        id: 'a',
        name: 'f',
        args: undefined,
        raw: '{"x":',
        error: { code: 'invalid_json', message: expect.any(String) },
      },
    ])
  })

  test('whose start never came keep their arguments', () => {
    expect(fold({ type: 'tool-call-delta', index: 3, text: '{}' }).message().toolCalls).toMatchObject([{ raw: '{}' }])
  })
})

test('usage replaces what was known, so that running totals are not added up', () => {
  const { usage } = fold(
    { type: 'usage', usage: { inputTokens: 5, outputTokens: 1 } },
    { type: 'usage', usage: { inputTokens: 5, outputTokens: 9 } },
  )
  expect(usage).toEqual({ inputTokens: 5, outputTokens: 9 })
})

test('a finish reason is unknown until it comes', () => {
  expect(fold().finishReason).toEqual({ unified: 'unknown', raw: undefined })
  expect(fold().finished).toBe(false)
  expect(fold({ type: 'finish', reason: { unified: 'stop', raw: 'COMPLETE' } }).finished).toBe(true)
})

test('a message does not change after it has been taken', () => {
  const growing = fold({ type: 'text', index: 0, text: 'A' })
  const message = growing.message()
  growing.add({ type: 'text', index: 0, text: 'B' })
  expect(message.content).toEqual([{ type: 'text', text: 'A' }])
})

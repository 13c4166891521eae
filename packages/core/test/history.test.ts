import { type HistoryRules, type Message, type ToolCall, UnsupportedFeatures } from '@interlingua/core'
import { carryHistory } from '@interlingua/core/history'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const rules: HistoryRules = {
  provider: 'ours',
  displayName: 'Ours',
  user: [],
  assistant: [],
  own: ['thinking', 'audio'],
  tool: [],
  plan: false,
  citations: false,
  toolCallId: { pattern: /^[a-z0-9]{9}$/, length: 9 },
}

function carried(messages: readonly Message[], changes: Partial<HistoryRules> = {}) {
  const unsupported = new UnsupportedFeatures('warn')
  const result: readonly Message[] = carryHistory(messages, { ...rules, ...changes }, unsupported)
  return { messages: result, fields: unsupported.warnings.map(({ field }) => field) }
}

const call = (id: string): ToolCall => ({ id, name: 'f', args: {}, raw: '{}' })

test('what is said in text by all stays as it is', () => {
  const messages: Message[] = [
    { role: 'system', content: 'Be kind' },
    { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
    { role: 'assistant', content: 'Yes' },
  ]
  expect(carried(messages)).toEqual({ messages, fields: [] })
})

test('what the provider said itself stays as it is', () => {
  const own: Message = {
    role: 'assistant',
    provider: 'ours',
    content: [
      { type: 'thinking', text: 'Hm.', providerFields: { ours: { signature: 's' } } },
      { type: 'audio', data: new Uint8Array(), mediaType: 'audio/wav' },
    ],
    toolCalls: [call('an id of any length')],
  }
  const messages: Message[] = [own, { role: 'tool', toolCallId: 'an id of any length', content: 'Rain' }]
  expect(carried(messages)).toEqual({ messages, fields: [] })
})

test('what has no place becomes text, or is left out, and is told with its place', () => {
  const { messages, fields } = carried([
    {
      role: 'user',
      content: [
        { type: 'image', url: 'https://example.com/a.png' },
        { type: 'image', url: 'data:image/png;base64,AQ==' },
        { type: 'audio', data: new Uint8Array(), mediaType: 'audio/wav' },
        { type: 'file', data: new Uint8Array(), mediaType: 'application/pdf', name: 'a.pdf' },
      ],
    },
    {
      role: 'assistant',
      provider: 'theirs',
      content: [
        { type: 'thinking', text: 'Hm.' },
        { type: 'refusal', text: 'No.' },
        { type: 'audio', data: new Uint8Array(), mediaType: 'audio/wav', transcript: 'Spoken.' },
      ],
      plan: 'I will look.',
      citations: [{ start: 0, end: 1, text: 'N', sources: [] }],
    },
  ])
  expect(messages).toEqual([
    {
      role: 'user',
      content: [
        '[image: https://example.com/a.png]',
        '[image]',
        '[audio: audio/wav]',
        '[file: a.pdf, application/pdf]',
      ].map((text) => ({ type: 'text', text })),
    },
    {
      role: 'assistant',
      provider: 'theirs',
      content: ['I will look.', 'No.', 'Spoken.'].map((text) => ({ type: 'text', text })),
    },
  ])
  expect(fields).toEqual([
    'messages[0].content[0]',
    'messages[0].content[1]',
    'messages[0].content[2]',
    'messages[0].content[3]',
    'messages[1].content[0]',
    'messages[1].content[1]',
    'messages[1].content[2]',
    'messages[1].plan',
    'messages[1].citations',
  ])
})

test('a document of a tool says the same as text', () => {
  const { messages, fields } = carried([
    { role: 'assistant', content: '', toolCalls: [call('abcdefghi')] },
    {
      role: 'tool',
      toolCallId: 'abcdefghi',
      content: [
        { type: 'document', data: 'Rain' },
        { type: 'document', data: { sky: 'grey' } },
        { type: 'document', id: 'one', data: 'Sun' },
      ],
    },
  ])
  expect(messages[1]).toMatchObject({
    content: [{ text: 'Rain' }, { text: '{"sky":"grey"}' }, { text: '{"id":"one","data":"Sun"}' }],
  })
  expect(fields).toEqual([])
})

describe('tool calls', () => {
  test('have ids that the provider takes, in the call and in its result, whatever the ids were', () => {
    const ids = fc.uniqueArray(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(ids, (given) => {
        const conversation: Message[] = [
          { role: 'assistant', content: '', toolCalls: given.map(call) },
          ...given.map((id, index): Message => ({ role: 'tool', toolCallId: id, content: String(index) })),
        ]
        const { messages, fields } = carried(conversation)
        expect(fields).toEqual([])
        const [said, ...results] = messages
        const sent = said?.role === 'assistant' ? (said.toolCalls ?? []).map(({ id }) => id) : []
        expect(new Set(sent).size).toBe(given.length)
        for (const id of sent) expect(id).toMatch(/^[a-z0-9]{9}$/)
        expect(results.map((each) => (each.role === 'tool' ? each.toolCallId : ''))).toEqual(sent)
        expect(carried(conversation).messages).toEqual(messages)
      }),
    )
  })

  test('without a result get one before the conversation goes on, and not at its end', () => {
    const asks: Message = { role: 'assistant', content: '', toolCalls: [call('abcdefghi'), call('bcdefghij')] }
    const told: Message = { role: 'tool', toolCallId: 'bcdefghij', content: 'Rain' }
    const { messages, fields } = carried([asks, told, { role: 'user', content: 'And?' }])
    expect(messages.map(({ role }) => role)).toEqual(['assistant', 'tool', 'tool', 'user'])
    expect(messages[2]).toMatchObject({ toolCallId: 'abcdefghi', isError: true })
    expect(fields).toEqual(['messages[0].toolCalls[0]'])
    expect(carried([asks])).toEqual({ messages: [asks], fields: [] })
  })

  test('a result without a call is said by the user', () => {
    const { messages, fields } = carried([{ role: 'tool', toolCallId: 'lost', content: 'Rain' }])
    expect(messages).toEqual([{ role: 'user', content: 'Result of the tool call lost: Rain' }])
    expect(fields).toEqual(['messages[0]'])
  })
})

test('the caller may want an error instead', () => {
  const unsupported = new UnsupportedFeatures('error')
  const thinking: Message = { role: 'assistant', content: [{ type: 'thinking', text: 'Hm.' }] }
  expect(() => carryHistory([thinking], rules, unsupported)).toThrow(/messages\[0\]\.content\[0\]/)
})

import { type CohereStreamEvent, createCohere, type WireCitation } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { fetchOf, streamText } from './wire-bytes.ts'

const source = { type: 'document', id: 'doc:0', document: { id: 'doc:0', snippet: 'A fact.' } } as const
const text = (index: number, piece: string): CohereStreamEvent => ({
  type: 'content-delta',
  index,
  delta: { message: { content: { text: piece } } },
})
const thought = (index: number, piece: string): CohereStreamEvent => ({
  type: 'content-delta',
  index,
  delta: { message: { content: { thinking: piece } } },
})
const cite = (citation: Omit<WireCitation, 'sources'>): CohereStreamEvent => ({
  type: 'citation-start',
  index: 0,
  delta: { message: { citations: { ...citation, sources: [source] } } },
})
const end: CohereStreamEvent = { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage: {} } }

const streamOf = (...events: CohereStreamEvent[]) =>
  createCohere({ apiKey: 'key', fetch: fetchOf(streamText([...events, end])) })('command-a-03-2025').stream('Hi')

describe('while streaming', () => {
  test('a citation is checked against the text when its chunk is read, and chunk and response agree', async () => {
    const stream = streamOf(
      text(0, 'Dune is '),
      text(0, 'by Herbert.'),
      cite({ start: 8, end: 18, text: 'by Herbert' }),
    )
    const seen: unknown[] = []
    for await (const [chunk] of stream) seen.push(...structuredClone(chunk.citations))
    const expected = {
      start: 8,
      end: 18,
      text: 'by Herbert',
      sources: [{ type: 'document', id: 'doc:0', data: { id: 'doc:0', snippet: 'A fact.' } }],
      verified: true,
    }
    expect(seen).toEqual([expected])
    const response = await stream.response()
    expect(response.citations).toEqual([expected])
    expect(response.warnings).toEqual([])
  })

  test('one that comes before its text is checked at the end', async () => {
    const stream = streamOf(cite({ start: 0, end: 4, text: 'Dune' }), text(0, 'Dune.'))
    const before: unknown[] = []
    for await (const [chunk] of stream) before.push(...chunk.citations.map(({ verified }) => verified))
    expect(before).toEqual([undefined])
    expect((await stream.response()).citations).toMatchObject([{ verified: true }])
  })

  test('one that does not fit is told, and marked', async () => {
    const { citations, warnings } = await streamOf(
      text(0, 'Dune.'),
      cite({ start: 0, end: 4, text: 'Emma' }),
    ).response()
    expect(citations).toMatchObject([{ text: 'Emma', start: 0, end: 4, verified: false }])
    expect(warnings).toEqual([{ code: 'malformed', message: expect.stringContaining('"Emma"') }])
  })

  test('offsets that count code points are converted', async () => {
    const { citations, content } = await streamOf(
      text(0, '📚📚 Dune'),
      cite({ start: 3, end: 7, text: 'Dune' }),
    ).response()
    expect(citations).toMatchObject([{ start: 5, end: 9, verified: true }])
    expect(content.slice(5, 9)).toBe('Dune')
  })

  test('the offsets count in the text that the citation names', async () => {
    const plan: CohereStreamEvent = { type: 'tool-plan-delta', delta: { message: { tool_plan: 'Look up Dune' } } }
    const { citations } = await streamOf(
      plan,
      thought(0, 'Think of Dune'),
      text(1, 'Read Dune'),
      cite({ start: 8, end: 12, text: 'Dune', type: 'PLAN' }),
      cite({ start: 9, end: 13, text: 'Dune', type: 'THINKING_CONTENT' }),
      cite({ start: 5, end: 9, text: 'Dune', type: 'TEXT_CONTENT' }),
      cite({ start: 5, end: 9, text: 'Dune', content_index: 1 }),
    ).response()
    expect(citations).toMatchObject([
      { target: 'plan', verified: true },
      { target: 'thinking', verified: true },
      { target: 'text', verified: true },
      { contentIndex: 1, verified: true },
    ])
  })
})

describe('over the simulator, with documents', () => {
  const documents = [
    'The Eiffel Tower was finished in 1889 and stands in Paris.',
    { id: 'pandas', data: { title: 'Pandas', snippet: 'Giant pandas eat bamboo all day long.' } },
  ]

  test.each(['FAST', 'ACCURATE', 'OFF'] as const)('mode %s', async (mode) => {
    const model = createCohere({ apiKey: 'key', fetch: createSimulator().fetch })('command-a-03-2025')
    const options = { documents, citationOptions: { mode } }
    const called = await model.call('What do giant pandas eat?', options)
    const streamed = await model.stream('What do giant pandas eat?', options).response()
    expect(called.content).toContain('bamboo')
    expect(streamed.content).toBe(called.content)
    expect(streamed.citations).toEqual(called.citations)
    if (mode === 'OFF') {
      expect(called.citations).toEqual([])
      return
    }
    expect(called.citations.flatMap(({ sources }) => sources.map(({ id }) => id))).toContain('pandas')
    for (const { start, end: last, text: quoted, verified } of called.citations) {
      expect(called.content.slice(start, last)).toBe(quoted)
      expect(verified).toBe(true)
    }
  })
})

import type { CohereStreamEvent, WireCitation } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { answering } from './exchange.ts'
import { transports } from './transport.ts'
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
const cited = (citation: object): CohereStreamEvent => ({
  type: 'citation-start',
  index: 0,
  // What is new in it is what these tests are about.
  delta: { message: { citations: citation as WireCitation } },
})
const cite = (citation: Omit<WireCitation, 'sources'>): CohereStreamEvent => cited({ ...citation, sources: [source] })
const end: CohereStreamEvent = { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage: {} } }

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
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
      expect(citations).toMatchObject([{ start: 5, end: 9, verified: true, providerOffsets: { start: 3, end: 7 } }])
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

  describe('law 6, same history: what came goes back as it came', () => {
    const base = { start: 3, end: 7, text: 'Dune' }
    const cases: readonly [string, object][] = [
      ['offsets that count code points', { ...base, sources: [source] }],
      ['offsets that fit nowhere', { ...base, start: 40, end: 44, sources: [source] }],
      ['a type that is new', { ...base, sources: [source], type: 'TABLE_CONTENT' }],
      [
        'a kind of source that is new',
        { ...base, sources: [{ type: 'web', id: 'w', web: { url: 'a.example' } }, source] },
      ],
      [
        'a source that is cited under another name',
        { ...base, sources: [{ type: 'document', tool_output: { a: null } }] },
      ],
      ['sources with more than is documented', { ...base, sources: [{ ...source, score: 0.5 }], content_index: 0 }],
      ['text in place of a document', { ...base, sources: [{ type: 'document', id: 'd', document: 'A fact.' }] }],
      ['a field that is new', { ...base, sources: [], confidence: { level: 'high' } }],
      ['two fields in one source', { ...base, sources: [{ ...source, tool_output: { a: 1 } }] }],
    ]

    test.each(cases)('%s', async (_, citation) => {
      const message = { role: 'assistant', content: [{ type: 'text', text: '📚📚 Dune' }], citations: [citation] }
      const { fetch, sent } = answering(() => ({ body: { id: 'x', finish_reason: 'COMPLETE', message } }))
      const model = createCohere({ apiKey: 'key', fetch })('command-a-03-2025')
      const called = await model.call('Hi')
      const streamed = await streamOf(text(0, '📚📚 Dune'), cited(citation)).response()
      // A conversation is often stored in between.
      for (const answer of [called.message, streamed.message, structuredClone(called.message)])
        await model.call([answer])
      const back = sent.slice(1).map(({ body }) => body?.['messages'])
      expect(back).toEqual([[message], [message], [message]])
    })

    test('what is cited is there, whatever the provider calls it', async () => {
      const web = { type: 'web', id: 'w', web: { url: 'a.example' } }
      const citation: object = { ...base, sources: [web] }
      const { citations } = await streamOf(cited(citation)).response()
      expect(citations[0]?.sources).toEqual([{ type: 'web', id: 'w', data: { url: 'a.example' } }])
    })

    test('what the neutral form says all of is kept once', async () => {
      const { citations } = await streamOf(text(0, 'Dune'), cite({ start: 0, end: 4, text: 'Dune' })).response()
      expect(citations[0]).not.toHaveProperty('providerFields')
      expect(citations[0]).not.toHaveProperty('providerOffsets')
    })

    test('the fields of another provider stay away', async () => {
      const { fetch, sent } = answering(() => ({ body: { id: 'x', finish_reason: 'COMPLETE' } }))
      const foreign = { start: 0, end: 2, text: 'Hi', sources: [], providerFields: { other: { file: 'f' } } }
      const history = { role: 'assistant', content: 'Hi', citations: [foreign] } as const
      await createCohere({ apiKey: 'key', fetch })('command-a-03-2025').call([history])
      expect(sent[0]?.body).toMatchObject({
        messages: [{ citations: [{ start: 0, end: 2, text: 'Hi', sources: [] }] }],
      })
      expect(JSON.stringify(sent[0]?.body)).not.toContain('file')
    })
  })
})

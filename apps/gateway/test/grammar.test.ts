import type { Script } from '@interlingua/simulator'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { eventsOf } from './sse.ts'
import { type Started, start } from './start.ts'

let script: Script = {}
let started: Started
beforeAll(async () => {
  started = await start({}, { script: () => script })
  return () => started[Symbol.asyncDispose]()
})

const messages = [{ role: 'user', content: 'Hi' }]
const words = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter((value) => value.trim() !== '')
const calls = fc.array(
  fc.record({
    name: fc.constantFrom('one', 'two'),
    arguments: fc.oneof(fc.constant(''), fc.constant({ a: 1 }), fc.constant('{"b":')),
  }),
  { maxLength: 3 },
)
const page = { start: 0, end: 1, url: 'https://example.com/', title: 'A page' }
const answers: fc.Arbitrary<Script> = fc
  .record({
    text: fc.oneof(words, fc.constant('')),
    thinking: fc.oneof(words, fc.constant('')),
    toolCalls: calls,
    cites: fc.boolean(),
  })
  .map(({ text, thinking, toolCalls, cites }): Script => {
    if (toolCalls.length > 0) return { thinking, toolCalls }
    return cites && text !== '' ? { thinking, text, citations: [page] } : { thinking, text }
  })
const backs = fc.constantFrom('openai/gpt-4o-mini', 'groq/openai/gpt-oss-20b', 'cohere/command-a-reasoning-08-2025')

/** Asks for a stream of a random answer, and gives its events to a check. */
function everyStream(
  path: string,
  other: string,
  check: (events: Awaited<ReturnType<typeof eventsOf>>) => void,
): Promise<void> {
  const foreign = backs.filter((model) => !model.startsWith(other))
  return fc.assert(
    fc.asyncProperty(answers, foreign, async (answer, model) => {
      script = answer
      const input = path === '/v1/responses' ? { input: 'Hi' } : { messages }
      const response = await started.post(path, {
        model,
        stream: true,
        ...input,
        stream_options: { include_usage: true },
      })
      expect(response.status).toBe(200)
      check(await eventsOf(response))
    }),
    { numRuns: 60 },
  )
}

test('a stream of Cohere’s has Cohere’s grammar', () =>
  everyStream('/v2/chat', 'cohere', (events) => {
    // The grammar that all recorded streams follow, but that a block of thoughts and one of text may be followed by calls.
    const block = 'content-start (content-delta )*(citation-start citation-end )*content-end '
    const call = 'tool-call-start (tool-call-delta )+tool-call-end '
    const grammar = new RegExp(`^message-start (tool-plan-delta )*(${block})*(${call})*message-end $`)
    expect(events.at(-1)).toEqual({ data: '[DONE]' })
    const sent = events.slice(0, -1)
    expect(sent.map(({ event }) => `${event} `).join('')).toMatch(grammar)
    const parsed = sent.map(({ data }) => JSON.parse(data) as { type: string; index?: number })
    expect(parsed.map(({ type }) => type)).toEqual(sent.map(({ event }) => event))
    for (const kind of ['content-start', 'tool-call-start', 'citation-start']) {
      const indexes = parsed.filter(({ type }) => type === kind).map(({ index }) => index)
      expect(indexes).toEqual(indexes.map((_, at) => at))
    }
  }))

interface Chunk {
  choices: {
    index: number
    delta: { role?: string; tool_calls?: { index: number; id?: string; function: { name?: string } }[] }
    finish_reason: string | null
  }[]
  usage: object | null
  id: string
}

test('a stream of chat completions has OpenAI’s grammar', () =>
  everyStream('/v1/chat/completions', 'openai', (events) => {
    expect(events.at(-1)).toEqual({ data: '[DONE]' })
    const chunks = events.slice(0, -1).map(({ data }) => JSON.parse(data) as Chunk)
    const usage = chunks.pop()
    expect(usage).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } })
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    expect(chunks.every((chunk) => chunk.choices.length === 1 && chunk.usage === null)).toBe(true)
    const choices = chunks.flatMap((chunk) => chunk.choices)
    expect(choices.map(({ delta }) => delta.role)).toEqual(['assistant', ...choices.slice(1).map(() => undefined)])
    const ends = choices.filter((choice) => choice.finish_reason !== null)
    expect(ends).toEqual(choices.slice(-1))
    const begun = new Set<number>()
    for (const piece of choices.flatMap(({ delta }) => delta.tool_calls ?? [])) {
      // The id and the name come with the first piece, and with no other.
      expect(piece.id === undefined).toBe(begun.has(piece.index))
      expect(piece.function.name === undefined).toBe(begun.has(piece.index))
      begun.add(piece.index)
    }
  }))

interface ResponseEvent {
  type: string
  sequence_number: number
  output_index?: number
  item?: { id: string }
  response?: { output: object[]; status: string }
}

test('a stream of the Responses API has its grammar', () =>
  everyStream('/v1/responses', 'openai', (events) => {
    const parsed = events.map(({ data }) => JSON.parse(data) as ResponseEvent)
    expect(events.map(({ event }) => event)).toEqual(parsed.map(({ type }) => type))
    expect(parsed.map((event) => event.sequence_number)).toEqual(parsed.map((_, index) => index))
    expect(parsed.slice(0, 2).map(({ type }) => type)).toEqual(['response.created', 'response.in_progress'])
    const last = parsed.at(-1)
    expect(last?.type).toBe('response.completed')
    // Each item is opened once and closed once, and the whole of it stands in the end.
    const added = parsed.filter(({ type }) => type === 'response.output_item.added')
    const done = parsed.filter(({ type }) => type === 'response.output_item.done')
    expect(added.map((event) => event.output_index)).toEqual(added.map((_, index) => index))
    const byIndex = done.toSorted((one, other) => (one.output_index ?? 0) - (other.output_index ?? 0))
    expect(byIndex.map(({ item }) => item)).toEqual(last?.response?.output)
    expect(byIndex.map(({ item }) => item?.id)).toEqual(added.map(({ item }) => item?.id))
    const opened = parsed.filter(({ type }) => type.endsWith('_part.added')).length
    expect(parsed.filter(({ type }) => type.endsWith('_part.done'))).toHaveLength(opened)
  }))

test('citations cross in either direction', async () => {
  const source = { type: 'document', id: 'd', document: { id: 'd', title: 'Pandas' } }
  const text = 'Pandas eat bamboo.'
  script = {
    text,
    cohere: {
      citations: [
        {
          start: 11,
          end: 17,
          text: 'bamboo',
          sources: [{ ...source, type: 'document' as const }],
          type: 'TEXT_CONTENT',
        },
      ],
    },
  }
  const chat = await started.post('/v1/chat/completions', { model: 'cohere/command-a-03-2025', messages })
  expect(await chat.json()).toMatchObject({
    choices: [
      {
        message: {
          content: text,
          interlingua: { provider: 'cohere', citations: [{ start: 11, end: 17, text: 'bamboo' }] },
        },
      },
    ],
  })
  script = { text, citations: [{ start: 0, end: 6, url: 'https://example.com/', title: 'A page' }] }
  const cohere = await started.post('/v2/chat', { model: 'openai/gpt-4o-mini', messages })
  expect(await cohere.json()).toMatchObject({
    message: {
      citations: [{ start: 0, end: 6, text: 'Pandas', sources: [{ type: 'document', id: 'https://example.com/' }] }],
    },
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChatDecoder } from '../src/decode.ts'
import { openaiDialect } from '../src/dialects/openai.ts'
import { PlainAnswer } from '../src/plain-answer.ts'
import { answers } from './answer.ts'
import { loose, readBody, readByPlain, readByWhole } from './grown.ts'
import { recordings } from './recording.ts'

type Event = Record<string, unknown>

const context = { dialect: openaiDialect, toolNames: new Map(), reading: {}, audioFormat: undefined }
const text = fc.string({ maxLength: 4 })

const said = loose({
  role: fc.constant('assistant'),
  content: text,
  refusal: fc.oneof(fc.constant(null), text),
  reasoning_content: fc.oneof({ arbitrary: fc.constant(null), weight: 5 }, text),
  tool_calls: fc.constantFrom(null, [], [{ index: 0, id: 'a', function: { name: 'find', arguments: '{}' } }]),
  annotations: fc.constantFrom(
    [],
    [{ type: 'url_citation', url_citation: { url: 'https://a.example', start_index: 0 } }],
  ),
  audio: fc.constantFrom(null, { id: 'a', data: 'AAAA' }),
})
const choice = loose({
  index: fc.constantFrom(0, 0, 0, 0, 1),
  delta: said,
  message: fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, said),
  finish_reason: fc.constantFrom(null, null, 'stop', 'length', 'tool_calls', 'error', 'new'),
  logprobs: fc.constantFrom(null, null, { content: [{ token: 'a', logprob: -1 }] }),
  error: fc.constantFrom(null, null, { message: 'It broke.' }),
})
const event = loose({
  id: fc.constantFrom('a', 'b'),
  model: fc.constantFrom('gpt-5', 'gpt-5-mini'),
  choices: fc.oneof({ arbitrary: fc.array(choice, { maxLength: 1 }), weight: 4 }, fc.array(choice, { maxLength: 2 })),
  usage: loose({
    prompt_tokens: fc.nat(),
    completion_tokens: fc.nat(),
    prompt_tokens_details: fc.constant({ cached_tokens: 1 }),
  }),
  service_tier: fc.constantFrom('default', 'flex'),
  system_fingerprint: text,
  error: fc.constantFrom(null, null, null, { message: 'It broke.' }),
  x_groq: fc.constantFrom(null, null, null, { id: 'a' }, { usage: { prompt_tokens: 1 } }, { error: 'It broke.' }),
})

function plain(): PlainAnswer {
  return new PlainAnswer(openaiDialect)
}

/** Reads events in both ways: all that comes of them is the same, and how many could be read in the plain way. */
async function compare(events: readonly Event[]): Promise<number> {
  const [one, other] = [plain(), plain()]
  const wholeDecoder = new ChatDecoder(context, other)
  const whole = readByWhole(wholeDecoder, events)
  let grown = new ChatDecoder(context, one)
  const { outcomes, count } = await readByPlain(one, () => (grown = new ChatDecoder(context, one)), events)
  expect(outcomes).toEqual(whole)
  expect(grown.others).toEqual(wholeDecoder.others)
  expect(one.awaited()).toBe(other.awaited())
  expect([one.serviceTier, one.systemFingerprint]).toEqual([other.serviceTier, other.systemFingerprint])
  return count
}

describe('what is read in the plain way is what the whole decoder reads', () => {
  test('of any events', async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 6 }), async (events) => void (count += await compare(events))),
      { numRuns: 4_000 },
    )
    expect(count).toBeGreaterThan(300)
  })

  test('of whole answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          answers.map((answer) => Object.assign<Event, object>({}, answer)),
          event,
        ),
        async (body) => {
          const [one, other] = [plain(), plain()]
          const read = (): Promise<unknown> => readBody(one, () => new ChatDecoder(context, one), body)
          const expected = new ChatDecoder(context, other).decodeBody(body)
          expect(await read()).toEqual(expected)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test.each(recordings('sse').map((recording) => [recording.name, recording] as const))('%s', async (_, { body }) => {
    const lines = new TextDecoder().decode(body).split('\n')
    const events = lines.filter((line) => line.startsWith('data: {')).map((line) => JSON.parse(line.slice(6)) as Event)
    await compare(events)
  })
})

test('an answer of texts is read in the plain way to its end', async () => {
  const events = [
    {
      id: 'a',
      model: 'gpt-5',
      choices: [{ index: 0, delta: { role: 'assistant', content: '', refusal: null }, finish_reason: null }],
    },
    {
      id: 'a',
      model: 'gpt-5',
      choices: [{ index: 0, delta: { content: 'Dune' }, logprobs: null, finish_reason: null }],
    },
    { id: 'a', model: 'gpt-5', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { id: 'a', model: 'gpt-5', choices: [], usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } },
  ]
  expect(await compare(events)).toBe(events.length)
})

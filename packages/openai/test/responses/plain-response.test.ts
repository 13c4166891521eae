import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ResponsesDecoder } from '../../src/responses/decode.ts'
import { PlainResponse } from '../../src/responses/plain-response.ts'
import { Told } from '../../src/responses/told.ts'
import { loose, readBody, readByPlain, readByWhole } from '../grown.ts'
import { answers, eventsOf } from './answer.ts'
import { eventsIn, recordings } from './recording.ts'

type Event = Record<string, unknown>

const options = { provider: 'openai' }
const text = fc.string({ maxLength: 4 })
const place = fc.constantFrom(0, 0, 0, 1)
const part = loose({
  type: fc.constantFrom('output_text', 'output_text', 'refusal', 'reasoning_text'),
  text,
  annotations: fc.constantFrom([], [], [{ type: 'url_citation', url: 'https://a.example' }]),
  logprobs: fc.constantFrom([], [], [{ token: 'a', logprob: -1 }]),
})
const item = loose({
  id: fc.constantFrom('a', 'b'),
  type: fc.constantFrom('message', 'message', 'reasoning', 'function_call', 'computer_call', 'web_search_call'),
  call_id: text,
  name: text,
  arguments: text,
  content: fc.array(part, { maxLength: 2 }),
  summary: fc.constantFrom([], [], [{ type: 'summary_text', text: 'So' }]),
})
const response = loose({
  id: fc.constantFrom('r', 's'),
  model: fc.constant('gpt-5'),
  status: fc.constantFrom('completed', 'completed', 'incomplete', 'failed', 'in_progress'),
  store: fc.boolean(),
  service_tier: fc.constantFrom('default', 'flex'),
  output: fc.array(item, { maxLength: 2 }),
  usage: loose({ input_tokens: fc.nat(), output_tokens: fc.nat() }),
})
const types = [
  'response.output_text.delta',
  'response.content_part.added',
  'response.output_item.added',
  'response.output_item.done',
  'response.created',
  'response.completed',
  'response.in_progress',
  'response.output_text.done',
  'response.content_part.done',
  'response.reasoning_summary_text.delta',
  'response.function_call_arguments.delta',
  'response.incomplete',
  'response.refusal.delta',
  'error',
  'new',
]
const event = loose({
  type: fc.constantFrom(...types),
  output_index: place,
  content_index: place,
  delta: text,
  logprobs: fc.constantFrom([], [], [{ token: 'a', logprob: -1 }]),
  item,
  part,
  response,
})

/** Reads events in both ways: all that comes of them is the same, and how many could be read in the plain way. */
async function compare(events: readonly Event[]): Promise<number> {
  const [one, other] = [new Told('openai'), new Told('openai')]
  const whole = readByWhole(new ResponsesDecoder(options, other), events)
  const { outcomes, count } = await readByPlain(
    new PlainResponse(one),
    () => new ResponsesDecoder(options, one),
    events,
  )
  expect(outcomes).toEqual(whole)
  expect(one.serviceTier).toBe(other.serviceTier)
  expect(one.kept).toEqual(other.kept)
  return count
}

describe('what is read in the plain way is what the whole decoder reads', () => {
  test('of any events', async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (events) => void (count += await compare(events))),
      { numRuns: 3_000 },
    )
    expect(count).toBeGreaterThan(300)
  })

  test('of streams in which an event is another one, or missing', async () => {
    const habits = fc.record({ pieces: fc.boolean(), items: fc.boolean(), output: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(answers, habits, fc.nat(), fc.option(event), async (answer, habit, at, other) => {
        const events: Event[] = eventsOf(answer, 3, habit)
        await compare(events)
        await compare(events.toSpliced(at % events.length, 1, ...(other ? [other] : [])))
      }),
      { numRuns: 500 },
    )
  })

  test('of whole answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          answers.map((answer) => Object.assign<Event, object>({}, answer)),
          response,
        ),
        async (body) => {
          const [one, other] = [new Told('openai'), new Told('openai')]
          const expected = new ResponsesDecoder(options, other).decodeBody(body)
          expect(await readBody(new PlainResponse(one), () => new ResponsesDecoder(options, one), body)).toEqual(
            expected,
          )
          expect(one.serviceTier).toBe(other.serviceTier)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test.each(recordings('sse'))('%s', async (_, recording) => {
    await compare(eventsIn(recording).map((each): Event => Object.assign({}, each)))
  })
})

test('an answer of texts, with reasoning that is not told, is read in the plain way to its end', async () => {
  const said = { type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text: 'Dune' }] }
  const reasoning = { type: 'reasoning', id: 'rs', summary: [] }
  const answer = {
    id: 'r',
    object: 'response',
    model: 'gpt-5',
    status: 'completed',
    output: [reasoning, said],
    incomplete_details: null,
    usage: {
      input_tokens: 3,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 4,
    },
  }
  const events: Event[] = eventsOf(answer, 2, { pieces: true, items: true, output: true })
  expect(await compare(events)).toBe(events.length)
})

test('what an item has that was not in it when it was complete is told, and never as unknown', async () => {
  const early = { type: 'message', id: 'm', content: [] }
  const later = { ...early, content: [{ type: 'output_text', text: 'Dune' }, { type: 'image' }] }
  const count = await compare([
    { type: 'response.output_item.done', output_index: 0, item: early },
    { type: 'response.completed', response: { output: [later] } },
  ])
  expect(count).toBe(1)
})

import {
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
  string,
} from 'fast-check'
import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { ask, fold, grammar, jsonOf, post, streamOf, tool, typesOf } from './client.ts'

const questions = oneof(
  constantFrom('Recommend a fantasy book', 'Two horror novels', 'Who wrote Solaris?', 'hello'),
  string({ minLength: 1, unit: 'grapheme' }),
)

const place = { type: 'string' }
const weather = tool('get_weather', { location: place }, { description: 'The weather in a place' })
const add = tool('add', { a: { type: 'integer' }, b: { type: 'number' } })
const answered = [
  { role: 'user', content: 'Weather in Oslo and Rome?' },
  {
    role: 'assistant',
    tool_calls: ['a', 'b'].map((id) => ({ id, type: 'function', function: { name: 'get_weather', arguments: '{}' } })),
  },
  { role: 'tool', tool_call_id: 'a', content: 'It is cold 🥶 in Oslo. Snow is near.' },
  {
    role: 'tool',
    tool_call_id: 'b',
    content: [{ type: 'document', document: { data: { sky: 'clear', degrees: 21 } } }],
  },
]
const schema = {
  type: 'object',
  properties: {
    title: place,
    year: { type: 'integer' },
    tags: { type: 'array', items: { enum: ['fantasy', 'horror'] } },
  },
  required: ['title', 'year', 'tags'],
}

const common = {
  model: constantFrom('command-a-03-2025', 'command-a-reasoning-08-2025', 'command-r7b-12-2024'),
  max_tokens: integer({ min: 0, max: 60 }),
  stop_sequences: array(constantFrom(' by', '.', 'e', 'zebra'), { maxLength: 3 }),
  seed: nat(),
  logprobs: boolean(),
  thinking: record({ type: constant('enabled'), token_budget: integer({ min: 1, max: 50 }) }),
}
const modes = { citation_options: record({ mode: constantFrom('FAST', 'accurate', 'ENABLED', 'off', 'Disabled') }) }
const asking = questions.map((content) => [{ role: 'user', content }])
const requiredKeys = ['model', 'messages'] as const

const requests = oneof(
  record({ ...common, messages: asking }, { requiredKeys: [...requiredKeys] }),
  record(
    {
      ...common,
      ...modes,
      messages: oneof(
        asking,
        constantFrom(answered, [{ role: 'user', content: 'Weather in Paris and New York, add 3 and 4' }]),
      ),
      tools: constantFrom([weather], [add, weather]),
      tool_choice: constantFrom('REQUIRED', 'NONE'),
    },
    { requiredKeys: [...requiredKeys, 'tools'] },
  ),
  record(
    {
      ...common,
      ...modes,
      messages: asking,
      documents: array(
        oneof(string({ minLength: 1, unit: 'grapheme' }), record({ data: record({ text: string({ minLength: 1 }) }) })),
        { minLength: 1 },
      ),
    },
    { requiredKeys: [...requiredKeys, 'documents'] },
  ),
  record(
    {
      ...common,
      messages: asking,
      response_format: constantFrom({ type: 'json_object' }, { type: 'json_object', json_schema: schema }),
    },
    { requiredKeys: [...requiredKeys, 'response_format'] },
  ),
)

test('streamed and unstreamed answers to the same request are the same, and keep the recorded order', async () => {
  const { fetch } = createSimulator()
  await assert(
    asyncProperty(requests, async (request) => {
      const { id, logprobs = [], ...whole } = await jsonOf(await post(fetch, { ...request, stream: false }))
      const events = await streamOf(await post(fetch, { ...request, stream: true }))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
      const { logprobs: streamed = [], ...folded } = fold(events)
      expect(folded).toEqual(whole)
      expect(streamed).toEqual(logprobs)
      expect(typesOf(events)).toMatch(grammar)
      const text = whole.message.content?.find(({ type }) => type === 'text')?.text ?? ''
      for (const citation of whole.message.citations ?? []) {
        expect(text.slice(citation.start, citation.end)).toBe(citation.text)
      }
    }),
    { numRuns: 400 },
  )
})

test('two simulators give the same bytes to the same requests, and one gives each request its own id', async () => {
  const bodies = [ask('Recommend a book'), ask('Recommend a book'), ask('Recommend a book', { stream: true })]
  const run = async (): Promise<string[]> => {
    const { fetch } = createSimulator()
    const first = await (await post(fetch, bodies[0])).text()
    const second = await (await post(fetch, bodies[1])).text()
    return [first, second, await (await post(fetch, bodies[2])).text()]
  }
  const [one, two] = [await run(), await run()]
  expect(one).toEqual(two)
  expect(one[0]).not.toBe(one[1])
  const withoutId = one.map((body) => body.replace(/"id":"[^"]*"/, ''))
  expect(withoutId[0]).toBe(withoutId[1])
})

test('a seed can change the answer, and the same seed does not', async () => {
  const { fetch } = createSimulator()
  const answer = async (seed: number): Promise<unknown> =>
    (await jsonOf(await post(fetch, ask('Recommend a fantasy book', { seed })))).message
  const answers = await Promise.all([1, 2, 3, 4, 5, 6, 1].map(answer))
  expect(answers[6]).toEqual(answers[0])
  expect(new Set(answers.map((message) => JSON.stringify(message))).size).toBeGreaterThan(2)
})

test('usage adds up as in the recordings', async () => {
  const { fetch } = createSimulator()
  const response = await post(fetch, ask('hello'))
  const { usage } = await jsonOf(response)
  const billed = usage.billed_units ?? { input_tokens: 0, output_tokens: 0 }
  // Recorded for the prompt "hello": 1 billed and 496 in all, 2583 characters, cached in blocks of 16.
  expect(billed.input_tokens).toBe(1)
  expect(usage.tokens?.input_tokens).toBe(496)
  expect(usage.tokens?.output_tokens).toBe(billed.output_tokens + 2)
  expect((usage.cached_tokens ?? NaN) % 16).toBe(0)
  expect(usage.cached_tokens).toBeLessThanOrEqual(496)
  expect(response.headers.get('num_chars')).toBe('2583')
  expect(response.headers.get('num_tokens')).toBe(String(billed.input_tokens + billed.output_tokens))
})

test('a longer history is billed and can be cached; images are counted apart', async () => {
  const { fetch } = createSimulator()
  const usageOf = async (body: unknown): Promise<Record<string, unknown>> => ({
    ...(await jsonOf(await post(fetch, body))).usage,
  })
  const history = [
    { role: 'user', content: 'word '.repeat(64).trim() },
    { role: 'assistant', content: 'ok' },
    { role: 'user', content: 'hello' },
  ]
  expect(await usageOf(ask('', { messages: history }))).toMatchObject({
    billed_units: { input_tokens: 66 },
    tokens: { input_tokens: 561 },
    cached_tokens: 560,
  })
  const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }
  const content = [{ type: 'text', text: 'hello' }, image, image]
  const vision = ask('', { model: 'command-a-vision-07-2025', messages: [{ role: 'user', content }] })
  // Recorded with two images: 258 billed for each and 259 counted.
  expect(await usageOf(vision)).toMatchObject({
    billed_units: { input_tokens: 517 },
    tokens: { input_tokens: 496, image_tokens: 518 },
  })
})

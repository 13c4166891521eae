import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { jsonOf, post, refused, textOf } from './client.ts'

const { fetch } = createSimulator()
const path = '/v1/chat'

interface Event {
  event_type: string
  is_finished: boolean
  text?: string
  documents?: { id: string }[]
  citations?: Citation[]
  tool_call_delta?: { index: number; name?: string; parameters?: string }
  search_queries?: { text: string }[]
  response?: Body
  finish_reason?: string
}

interface Citation {
  start: number
  end: number
  text: string
  document_ids: string[]
}

interface Body {
  text: string
  response_id: string
  generation_id: string
  finish_reason: string
  chat_history: { role: string; message?: string }[]
  tool_calls?: { name: string; parameters: unknown }[]
  citations?: Citation[]
  documents?: { id: string }[]
  search_queries?: { text: string }[]
  meta: { warnings?: string[]; billed_units: { input_tokens: number; output_tokens: number } }
}

async function stream(body: object): Promise<Event[]> {
  const response = await post(fetch, { ...body, stream: true }, { path })
  expect(response.headers.get('content-type')).toBe('application/stream+json')
  const text = await response.text()
  expect(text.endsWith('}\n')).toBe(true)
  const events = text
    .trim()
    .split('\n')
    .map((line): Event => JSON.parse(line))
  expect(events.map((event) => event.is_finished)).toEqual(events.map((_, at) => at === events.length - 1))
  return events
}

async function whole(body: object): Promise<Body> {
  return jsonOf<Body>(await post(fetch, body, { path }))
}

/** What two answers to the same question have in common. */
function comparable(body: Body): unknown {
  return JSON.parse(
    JSON.stringify(body, (name, value: unknown) => (/^(?:response|generation)_id$/.test(name) ? '' : value)),
  )
}

const documents = [{ title: 'Tall penguins', snippet: 'Emperor penguins are the tallest.' }]
const tools = [
  {
    name: 'get_weather',
    description: 'The weather',
    parameter_definitions: { city: { type: 'str', description: 'where', required: true }, day: { type: 'str' } },
  },
]

test.each<[string, object, string[]]>([
  ['text', { message: 'Recommend a fantasy book' }, ['stream-start', 'text-generation', 'stream-end']],
  [
    'documents',
    { message: 'Which penguins are the tallest?', documents },
    ['stream-start', 'search-results', 'text-generation', 'citation-generation', 'stream-end'],
  ],
  [
    'tools',
    { message: 'Weather in Paris?', tools },
    ['stream-start', 'tool-calls-chunk', 'tool-calls-generation', 'stream-end'],
  ],
  [
    'search queries',
    { message: 'Who is the tallest penguin?', search_queries_only: true },
    ['stream-start', 'search-queries-generation', 'stream-end'],
  ],
])('an answer with %s has the events of v1, and ends with what a call gives', async (_, body, types) => {
  const events = await stream(body)
  expect([...new Set(events.map(({ event_type: type }) => type))]).toEqual(types)
  const end = events.at(-1)?.response
  const called = await whole(body)
  expect(comparable(end ?? JSON.parse(''))).toEqual(comparable(called))
  const pieces = events.filter(({ event_type: type }) => type === 'text-generation' || type === 'tool-calls-chunk')
  expect(pieces.map(({ text = '' }) => text).join('')).toBe(called.text)
  expect(events.at(-1)?.finish_reason).toBe('COMPLETE')
  expect(called.chat_history.at(-1)).toMatchObject({ role: 'CHATBOT', message: called.text })
})

test('it says what v2 says', async () => {
  const { text } = await whole({ message: 'Recommend a horror book', seed: 3 })
  const v2 = { model: 'command-a-03-2025', messages: [{ role: 'user', content: 'Recommend a horror book' }], seed: 3 }
  expect(text).toBe(await textOf(await post(fetch, v2)))
})

test('documents are cited by id, with true offsets', async () => {
  const { text, citations, documents: used } = await whole({ message: 'Which penguins are the tallest?', documents })
  expect(citations).toEqual([{ start: 0, end: 33, text: 'Emperor penguins are the tallest.', document_ids: ['doc_0'] }])
  expect(text.slice(0, 33)).toBe('Emperor penguins are the tallest.')
  expect(used).toEqual([{ id: 'doc_0', ...documents[0] }])
})

test('tool calls have a name, then their arguments in pieces, and end as COMPLETE', async () => {
  const events = await stream({ message: 'Weather in Paris?', tools })
  const deltas = events.flatMap(({ tool_call_delta: delta }) => delta ?? [])
  expect(deltas[0]).toEqual({ index: 0, name: 'get_weather' })
  expect(JSON.parse(deltas.map(({ parameters = '' }) => parameters).join(''))).toEqual({ city: 'Paris' })
  expect(events.at(-1)?.response).toMatchObject({
    finish_reason: 'COMPLETE',
    tool_calls: [{ name: 'get_weather', parameters: { city: 'Paris' } }],
  })
})

test('the results of several tools are cited with the recorded ids', async () => {
  const tool_results = ['Paris', 'Rome'].map((city, at) => ({
    call: { name: 'get_weather', parameters: { city } },
    outputs: [{ degrees: 20 + at }],
  }))
  const { citations, documents: used } = await whole({
    message: '',
    chat_history: [{ role: 'USER', message: 'Weather in Paris and Rome?' }],
    tools,
    tool_results,
  })
  expect(citations?.map(({ text, document_ids: ids }) => [text, ids])).toEqual([
    ['20', ['get_weather:0:1:0']],
    ['21', ['get_weather:1:1:0']],
  ])
  expect(used?.[1]).toEqual({ id: 'get_weather:1:1:0', degrees: 21, tool_name: 'get_weather' })
})

test('with the header Accepts it sends server-sent events', async () => {
  const headers = { authorization: 'Bearer x', accepts: 'text/event-stream' }
  const response = await post(fetch, { message: 'hello', stream: true }, { path, headers })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const blocks = (await response.text()).split('\n\n')
  expect(blocks.pop()).toBe('')
  for (const block of blocks)
    expect(block).toMatch(/^event: ([a-z-]+)\ndata: \{"is_finished":(?:true|false),"event_type":"\1".*\}$/)
  expect(blocks.at(-1)).toMatch(/^event: stream-end\n/)
})

test('unknown fields get a warning, not an error', async () => {
  const response = await post(fetch, { message: 'hello', nonsense: 1, more: true }, { path })
  const warnings = ['nonsense', 'more'].map((name) => `unknown field: parameter ${name} is not a valid field`)
  expect([response.status, response.headers.get('x-api-warning')]).toEqual([200, warnings.join('; ')])
  expect((await jsonOf<Body>(response)).meta.warnings).toEqual(warnings)
})

test('max_tokens is told as in v2', async () => {
  const { finish_reason, meta } = await whole({ message: 'Recommend a book', max_tokens: 3 })
  expect([finish_reason, meta.billed_units.output_tokens]).toEqual(['MAX_TOKENS', 3])
})

test.each<[string, object, number, string]>([
  ['no message', {}, 400, 'invalid request: message must be at least 1 token long or tool results must be specified.'],
  [
    'another role',
    {
      message: 'x',
      chat_history: [
        { role: 'USER', message: 'x' },
        { role: 'developer', message: 'x' },
      ],
    },
    400,
    'invalid request: Invalid role in chat_history at index 1. Role must be one of the following: User, Chatbot, System, Tool',
  ],
  [
    'no text in the history',
    { message: 'x', chat_history: [{ role: 'USER' }] },
    400,
    'invalid request: all elements in history must have a message.',
  ],
  [
    'a tool of v2',
    { message: 'x', tools: [{ type: 'function' }] },
    400,
    'invalid request: all elements in tools must have a name.',
  ],
  [
    'a removed model',
    { message: 'x', model: 'command' },
    404,
    "model 'command' was removed on September 15, 2025. See https://docs.cohere.com/docs/models#command for a list of models you can use instead.",
  ],
  [
    'temperature 2',
    { message: 'x', temperature: 2 },
    400,
    'invalid request: temperature must be between 0 and 1.0 inclusive.',
  ],
])('%s is refused', async (_, body, status, message) => {
  expect(await refused(post(fetch, body, { path }))).toEqual([status, message])
})

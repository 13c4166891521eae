import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { ask, fold, jsonOf, post, refused, streamOf, tool, typesOf, type ChatBody, type Message } from './client.ts'

const { fetch } = createSimulator()
const text = { type: 'string' }
const location = { location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' } }
const weather = tool('get_weather', location, { description: 'Get the current weather in a given location' })
const time = tool('get_time', location, { description: 'Get the current time in a given location' })
const tools = [weather, time]

async function answer(question: string, more: Record<string, unknown> = { tools }): Promise<ChatBody> {
  return jsonOf(await post(fetch, ask(question, more)))
}

/** The calls of an answer as `name(arguments)`. */
function callsOf({ tool_calls: calls = [] }: Message): string[] {
  return calls.map(({ function: { name, arguments: args } }) => `${name}(${args})`)
}

test('a call is made as recorded: a plan, no content, an id of name and twelve signs', async () => {
  const { message, finish_reason, usage } = await answer('What is the weather and current time in Tokyo?')
  expect(finish_reason).toBe('TOOL_CALL')
  expect(message).not.toHaveProperty('content')
  expect(message.tool_plan).toMatch(/get_weather and get_time/)
  expect(callsOf(message)).toEqual(['get_weather({"location":"Tokyo"})', 'get_time({"location":"Tokyo"})'])
  for (const { id, type, function: called } of message.tool_calls ?? []) {
    expect(id).toMatch(new RegExp(`^${called.name}_[a-z0-9]{12}$`))
    expect(type).toBe('function')
  }
  expect(new Set(message.tool_calls?.map(({ id }) => id)).size).toBe(2)
  // Recorded: plan and arguments are what is billed, and 51 more are counted around two calls.
  expect(usage.tokens?.output_tokens).toBe((usage.billed_units?.output_tokens ?? 0) + 51)
})

test('streamed calls come one after another, counted from 0, also beside thinking', async () => {
  const body = ask('What is the weather and current time in Tokyo?', { tools, stream: true })
  const call = 'tool-call-start (?:tool-call-delta )+tool-call-end '
  const plain = await streamOf(await post(fetch, body))
  expect(typesOf(plain)).toMatch(new RegExp(`^message-start (?:tool-plan-delta )+${call}${call}message-end $`))
  const thinking = await streamOf(await post(fetch, { ...body, model: 'command-a-reasoning-08-2025' }))
  expect(typesOf(thinking)).toMatch(
    new RegExp(`^message-start content-start (?:content-delta )+content-end ${call}${call}message-end $`),
  )
  for (const events of [plain, thinking]) {
    const starts = events.filter(({ type }) => type === 'tool-call-start')
    expect(starts.map(({ index }) => index)).toEqual([0, 1])
    for (const { delta } of starts) expect(delta?.message?.tool_calls?.function.arguments).toBe('')
    const pieces = events.filter(({ type, index }) => type === 'tool-call-delta' && index === 1)
    expect(pieces.map(({ delta }) => delta?.message?.tool_calls?.function.arguments)).toEqual([
      '{"',
      'location',
      '":"',
      'Tokyo',
      '"}',
    ])
  }
  expect(fold(thinking).message).not.toHaveProperty('tool_plan')
})

// Questions and tools that were recorded, with the calls that the vendor made.
test.each([
  ["What's the weather in Paris?", [weather], ['get_weather({"location":"Paris"})']],
  [
    'What is the capital of France',
    [
      tool('add_two_numbers', { a: { type: 'int' }, b: { type: 'int' } }, { description: 'Add two numbers together' }),
      tool('capital_cities', { country: { type: 'str' } }, { description: 'Returns the capital city of a country' }),
    ],
    ['capital_cities({"country":"France"})'],
  ],
  [
    'what is the value of magic_function(3)?',
    [tool('magic_function', { input: { type: 'integer' } }, { description: 'Applies a magic function to an input.' })],
    ['magic_function({"input":3})'],
  ],
  [
    'Erick, 27 years old',
    [tool('Person', { name: text, age: { type: 'int' } })],
    ['Person({"name":"Erick","age":27})'],
  ],
  [
    "The person's name is John, and he is 30 years old",
    [tool('Person', { name: text, age: { type: 'integer' } }, { description: 'Name and age of the person' })],
    ['Person({"name":"John","age":30})'],
  ],
  [
    "Find Barack Obama's age and use python tool to find the square root of his age",
    [
      tool('web_search', { query: text }),
      tool('python_interpeter_temp', { code: text }, { description: 'Executes python code' }),
    ],
    ['web_search({"query":"Barack Obama\'s age and use python tool to find the square root of his age"})'],
  ],
])('%j calls what the vendor called', async (question, given, calls) => {
  expect(callsOf((await answer(question, { tools: given })).message)).toEqual(calls)
})

test.each([
  [
    'Compare the weather in Paris and New York.',
    ['get_weather({"location":"Paris"})', 'get_weather({"location":"New York"})'],
  ],
  ['weather in paris tomorrow?', ['get_weather({"location":"paris"})']],
  [
    'get_weather("Oslo") and get_weather("Rome")',
    ['get_weather({"location":"Oslo"})', 'get_weather({"location":"Rome"})'],
  ],
  ['hello', []],
  ['Recommend a fantasy book', []],
  ['How is the weather?', []],
])('%j makes plain what to call', async (question, calls) => {
  expect(callsOf((await answer(question)).message)).toEqual(calls)
})

test.each([
  [
    'units only where they are named',
    'weather in Paris in Celsius',
    { location: text, unit: { enum: ['celsius', 'fahrenheit'] } },
    ['location'],
    { location: 'Paris', unit: 'celsius' },
  ],
  [
    'no units',
    'weather in Paris',
    { location: text, unit: { enum: ['celsius', 'fahrenheit'] } },
    ['location'],
    { location: 'Paris' },
  ],
  [
    'dates and numbers',
    'Weather for Bergen on 5 January 2025, 3 days',
    { location: text, date: { type: 'string', format: 'date' }, days: { type: 'integer' } },
    undefined,
    { location: 'Bergen', date: '2025-01-05', days: 3 },
  ],
  [
    'mail addresses',
    'weather in Rome to ann@example.org',
    { email: text, location: text },
    undefined,
    { email: 'ann@example.org', location: 'Rome' },
  ],
  [
    'lists',
    'weather for Rome, Oslo and Paris',
    { cities: { type: 'array', items: text } },
    undefined,
    { cities: ['Rome', 'Oslo', 'Paris'] },
  ],
])('arguments are taken from the text: %s', async (_, question, properties, required, args) => {
  const given = [tool('get_weather', properties, required ? { required } : {})]
  const { message } = await answer(question, { tools: given })
  expect(JSON.parse(message.tool_calls?.[0]?.function.arguments ?? 'null')).toEqual(args)
})

test('a tool without parameters is called with an empty object', async () => {
  const given = [{ type: 'function', function: { name: 'list_tables', description: 'Lists the tables.' } }]
  expect(callsOf((await answer('Please list the tables.', { tools: given })).message)).toEqual(['list_tables({})'])
})

test('NONE calls nothing; REQUIRED calls the nearest tool, with the recorded plan', async () => {
  const none = await answer("What's the weather in Paris?", { tools, tool_choice: 'NONE' })
  expect([none.finish_reason, callsOf(none.message)]).toEqual(['COMPLETE', []])
  const weatherless = await answer('Tell me about Paris', {
    tools: [tool('final_result', { city: text, summary: text })],
    tool_choice: 'REQUIRED',
  })
  // As recorded, word for word.
  expect(weatherless.message.tool_plan).toBe('I will use one or more of the available tools to find the answer')
  expect(callsOf(weatherless.message)).toEqual(['final_result({"city":"Paris","summary":"Tell me about Paris"})'])
  const numbers = {
    type: 'object',
    properties: { count: { type: 'integer' }, on: { type: 'boolean' } },
    required: ['count', 'on'],
  }
  const odd = await answer('hello', {
    tools: [tool('f', { inner: numbers, kind: { enum: ['x', 'y'] } })],
    tool_choice: 'REQUIRED',
  })
  expect(callsOf(odd.message)).toEqual(['f({"inner":{"count":0,"on":false},"kind":"x"})'])
})

const asked = { role: 'user', content: "What's the weather in Paris?" }
const called = {
  role: 'assistant',
  tool_calls: [
    {
      id: 'get_weather_9gpb31r7h7mj',
      type: 'function',
      function: { name: 'get_weather', arguments: '{"location":"Paris"}' },
    },
  ],
}
const result = (content: unknown): object => ({ role: 'tool', tool_call_id: 'get_weather_9gpb31r7h7mj', content })

test.each<[string, unknown, Record<string, unknown>[], string[]]>([
  ['a text', 'Sunny, 22C in Paris', [{ content: 'Sunny, 22C in Paris' }], ['Sunny, 22C in Paris']],
  ['a text part', [{ type: 'text', text: 'Sunny' }], [{ content: 'Sunny' }], ['Sunny']],
  [
    'documents',
    [
      { type: 'document', document: { id: 'x', data: { output: '5' } } },
      { type: 'document', document: { data: '{"sky":"clear","degrees":21}' } },
    ],
    [{ output: '5' }, { sky: 'clear', degrees: 21 }],
    ['5', 'clear', '21'],
  ],
])('after %s from a tool the answer states it, cited', async (_, content, outputs, quotes) => {
  const { message, finish_reason } = await answer('', { tools, messages: [asked, called, result(content)] })
  expect(finish_reason).toBe('COMPLETE')
  expect(message).not.toHaveProperty('tool_calls')
  const said = message.content?.[0]?.text ?? ''
  const citations = message.citations ?? []
  expect(citations.map(({ text: quoted }) => quoted)).toEqual(quotes)
  for (const { start, end, text: quoted, type } of citations) {
    expect(said.slice(start, end)).toBe(quoted)
    expect(type).toBe('TEXT_CONTENT')
  }
  const sources = new Map(citations.flatMap((citation) => citation.sources.map((source) => [source.id, source])))
  expect([...sources.values()]).toEqual(
    outputs.map((tool_output, at) => ({ type: 'tool', id: `get_weather_9gpb31r7h7mj:${at}`, tool_output })),
  )
})

test('a long result is quoted in part', async () => {
  const long = `${'The sea is wide. '.repeat(30)}The weather in Paris is mild. ${'The sky is high. '.repeat(30)}`
  const { message } = await answer('', { messages: [asked, called, result(long)] })
  expect(message.content?.[0]?.text).toBe('According to get_weather: The weather in Paris is mild.')
})

test('REQUIRED after a result calls another tool, with the result in its arguments', async () => {
  const { message } = await answer('', {
    tools: [weather, tool('final_result', { city: text, summary: text })],
    tool_choice: 'REQUIRED',
    messages: [asked, called, result('Sunny, 22C')],
  })
  expect(callsOf(message)).toEqual(['final_result({"city":"Paris","summary":"Sunny, 22C"})'])
})

test.each<[string, object, Record<string, unknown>[]]>([
  ['What is 17 * 23?', tool('calculator', { expression: text }), [{ expression: '17 * 23' }]],
  [
    'Send an email to ann@x.org with subject "Hello" and body "How are you?"',
    tool('send_email', { to: text, subject: text, body: text }),
    [{ to: 'ann@x.org', subject: 'Hello', body: 'How are you?' }],
  ],
  [
    'Book a flight from Oslo to Paris on 2025-03-04 for 2 people',
    tool('book_flight', {
      origin: text,
      destination: text,
      date: { type: 'string', format: 'date' },
      passengers: { type: 'integer' },
    }),
    [{ origin: 'Oslo', destination: 'Paris', date: '2025-03-04', passengers: 2 }],
  ],
])('%j is a call of %o', async (question, given, args) => {
  const { message } = await answer(question, { tools: [given] })
  expect(message.tool_calls?.map((call): unknown => JSON.parse(call.function.arguments))).toEqual(args)
})

test('several books make several calls', async () => {
  const given = [tool('format_book', { title: text, author: text }, { description: 'Formats a book.' })]
  const { message } = await answer('Recommend three mystery books', { tools: given })
  expect(new Set(callsOf(message)).size).toBe(3)
})

test('a recommended book fills the arguments that describe a book', async () => {
  const given = [tool('format_book', { title: text, author: text }, { description: 'Formats a book.' })]
  const { message } = await answer('Recommend a fantasy book', { tools: given })
  const plain = await answer('Recommend a fantasy book', {})
  const { title, author }: Record<string, string> = JSON.parse(message.tool_calls?.[0]?.function.arguments ?? '{}')
  for (const fact of [title, author]) expect(plain.message.content?.[0]?.text).toContain(fact)
})

test.each([
  ['no required parameter', [tool('a', { x: text }, { required: [] })], 'at least one required parameter'],
  ['no parameters', [tool('a', {})], 'at least one required parameter'],
  [
    '201 fields',
    [tool('a', Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`f${at}`, text])))],
    '200 fields',
  ],
  ['an unsupported schema', [tool('a', { x: { type: 'string', minLength: 1 } })], 'minLength'],
])('strict tools with %s are refused', async (_, given, words) => {
  const [status, message] = await refused(post(fetch, ask('x', { tools: given, strict_tools: true })))
  expect(status).toBe(400)
  expect(message).toContain(words)
  expect((await post(fetch, ask('x', { tools: given }))).status).toBe(200)
})

test('strict tools with 200 fields are accepted', async () => {
  const given = [tool('a', Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`f${at}`, text])))]
  expect((await post(fetch, ask('x', { tools: given, strict_tools: true }))).status).toBe(200)
})

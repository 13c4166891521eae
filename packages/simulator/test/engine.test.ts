import { describe, expect, test } from 'vitest'
import { createSimulator, type SimulatorOptions } from '../src/index.ts'
import { bm25 } from '../src/language/bm25.ts'
import { cosine, embed } from '../src/language/embedding.ts'

// What a person would expect of rules that extract, and have no language model.

type Json = Readonly<Record<string, unknown>>

async function post(url: string, body: Json, options: SimulatorOptions = {}): Promise<Response> {
  return createSimulator(options).fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

interface CohereMessage {
  readonly content: readonly { readonly text: string }[]
  readonly citations?: readonly { start: number; end: number; text: string; sources: { id: string }[] }[]
  readonly tool_calls?: readonly { function: { name: string; arguments: string } }[]
}

async function cohere(content: string, more: Json = {}, options: SimulatorOptions = {}): Promise<CohereMessage> {
  const body = { model: 'command-a-03-2025', messages: [{ role: 'user', content }], ...more }
  const { message }: { message: CohereMessage } = JSON.parse(
    await (await post('https://api.cohere.com/v2/chat', body, options)).text(),
  )
  return message
}

const documents = [
  { id: 'ferry', data: { title: 'Ferry', text: 'The ferry leaves at nine. It costs 12 euros. Dogs travel free.' } },
  {
    id: 'museum',
    data: {
      title: 'Museum',
      text: 'The museum opens at ten on weekdays. On Mondays it is closed. Tickets cost 8 euros.',
    },
  },
]

describe('documents', () => {
  test.each([
    ['When does the ferry leave?', 'The ferry leaves at nine.', 'ferry'],
    ['How much does a museum ticket cost?', 'Tickets cost 8 euros.', 'museum'],
    ['What is the price of the ferry?', 'It costs 12 euros.', 'ferry'],
    ['Is the museum open on Monday?', 'On Mondays it is closed.', 'museum'],
    ['Can I bring my dog?', 'Dogs travel free.', 'ferry'],
  ])('%s', async (question, sentence, id) => {
    const { content, citations = [] } = await cohere(question, { documents })
    const text = content[0]?.text ?? ''
    expect(text).toContain(sentence)
    const cited = citations.find((citation) => citation.text === sentence)
    expect(cited?.sources.map((source) => source.id)).toEqual([id])
    expect(text.slice(cited?.start, cited?.end)).toBe(sentence)
  })

  test('that say nothing about a question are not quoted', async () => {
    const { content, citations } = await cohere('Who is the president?', { documents })
    expect([content[0]?.text, citations]).toEqual(['The documents say nothing about that.', undefined])
  })
})

const tagged = `<document id="d1" title="Ferry" url="https://example.com/ferry">The ferry leaves at nine. It costs 12 euros.</document>
<document id="d2" title="Museum">The museum opens at ten.</document>`

describe('documents in the texts of messages', () => {
  const chat = async (content: unknown): Promise<{ content: string; annotations: Json[] }> => {
    const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content }] }
    const { choices }: { choices: { message: { content: string; annotations: Json[] } }[] } = JSON.parse(
      await (await post('https://api.openai.com/v1/chat/completions', body)).text(),
    )
    return choices[0]?.message ?? { content: '', annotations: [] }
  }
  const respond = async (input: unknown): Promise<{ text: string; annotations: Json[] }> => {
    const { output }: { output: { content: { text: string; annotations: Json[] }[] }[] } = JSON.parse(
      await (await post('https://api.openai.com/v1/responses', { model: 'gpt-4o-mini', input })).text(),
    )
    return output[0]?.content[0] ?? { text: '', annotations: [] }
  }

  test.each([
    `${tagged}\n\nWhat does the ferry cost?`,
    'Use the context.\n\nContext:\nThe ferry leaves at nine. It costs 12 euros.\n\nQuestion: What does the ferry cost?',
    '# Documents:\nThe ferry leaves at nine. It costs 12 euros.\n\n## Question:\nWhat does the ferry cost?',
  ])('%j', async (content) => {
    expect((await chat(content)).content).toContain('It costs 12 euros.')
    expect((await respond(content)).text).toContain('It costs 12 euros.')
    expect((await cohere(content)).content[0]?.text).toContain('It costs 12 euros.')
  })

  test('are cited with their place where they have an address', async () => {
    const { content, annotations } = await chat(`${tagged}\n\nWhen does the ferry leave?`)
    expect(content).toBe('The ferry leaves at nine.')
    expect(annotations).toEqual([
      {
        type: 'url_citation',
        url_citation: { start_index: 0, end_index: 25, url: 'https://example.com/ferry', title: 'Ferry' },
      },
    ])
  })

  test('are cited by the Responses API as files where they have none', async () => {
    expect((await respond(`${tagged}\n\nWhen does the museum open?`)).annotations).toEqual([
      { type: 'file_citation', file_id: 'd2', filename: 'Museum', index: 1 },
    ])
  })

  test('may be files', async () => {
    const data = Buffer.from('The key lies under the third stone.').toString('base64')
    const file = { filename: 'house.txt', file_data: `data:text/plain;base64,${data}` }
    const question = 'Where is the key?'
    const input = [
      {
        role: 'user',
        content: [
          { type: 'input_file', ...file },
          { type: 'input_text', text: question },
        ],
      },
    ]
    expect(await respond(input)).toMatchObject({
      text: 'The key lies under the third stone.',
      annotations: [{ type: 'file_citation', filename: 'house.txt' }],
    })
    const asked = await chat([
      { type: 'file', file },
      { type: 'text', text: question },
    ])
    expect(asked.content).toBe('The key lies under the third stone.')
  })
})

describe('a schema is filled from the text of the prompt', () => {
  const text = { type: 'string' }
  test.each<[string, Json, Json]>([
    [
      'Invoice 4711 from Acme Ltd of 3 May 2026: total 1,250.50 EUR, due on June 2nd, 2026. Contact billing@acme.example.',
      {
        invoice_number: text,
        vendor: text,
        total: { type: 'number' },
        currency: { type: 'string', enum: ['USD', 'EUR', 'GBP'] },
        issued: { type: 'string', format: 'date' },
        due_date: { type: 'string', format: 'date' },
        email: text,
      },
      {
        invoice_number: '4711',
        vendor: 'Acme Ltd',
        total: 1250.5,
        currency: 'EUR',
        issued: '2026-05-03',
        due_date: '2026-06-02',
        email: 'billing@acme.example',
      },
    ],
    [
      'Maria Lopez is 34 years old, lives in Lisbon and likes chess, hiking and jazz. She is not married.',
      {
        name: text,
        age: { type: 'integer' },
        city: text,
        hobbies: { type: 'array', items: text },
        married: { type: 'boolean' },
      },
      { name: 'Maria Lopez', age: 34, city: 'Lisbon', hobbies: ['chess', 'hiking', 'jazz'], married: false },
    ],
    [
      'Call Bob at +1 415 555 0100 or Ann at +44 20 7946 0958',
      {
        contacts: {
          type: 'array',
          items: { type: 'object', properties: { name: text, phone: text }, required: ['name', 'phone'] },
        },
      },
      {
        contacts: [
          { name: 'Bob', phone: '+1 415 555 0100' },
          { name: 'Ann', phone: '+44 20 7946 0958' },
        ],
      },
    ],
    [
      'The room was dirty and the staff was not friendly. 2 of 5 stars.',
      { sentiment: { type: 'string', enum: ['positive', 'neutral', 'negative'] }, stars: { type: 'integer' } },
      { sentiment: 'negative', stars: 2 },
    ],
    [
      'I love this lamp, it is not bad at all!',
      { sentiment: { type: 'string', enum: ['positive', 'neutral', 'negative'] } },
      { sentiment: 'positive' },
    ],
  ])('%s', async (prompt, properties, expected) => {
    const schema = { type: 'object', properties, required: Object.keys(properties) }
    const { content } = await cohere(prompt, { response_format: { type: 'json_object', json_schema: schema } })
    expect(JSON.parse(content[0]?.text ?? '')).toEqual(expected)
  })
})

test('a tool is chosen by a word that means the same', async () => {
  const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
  const tools = ['get_weather', 'play_music'].map((name) => ({ type: 'function', function: { name, parameters } }))
  const { tool_calls: calls } = await cohere('Is it raining in Oslo?', { tools })
  expect(calls?.map((call) => call.function)).toEqual([{ name: 'get_weather', arguments: '{"city":"Oslo"}' }])
})

describe('a paraphrase is nearer than what is about something else', () => {
  const pairs = [
    ['How do I reset my password?', 'I forgot my password and want to change it'],
    ['The cat sat on the mat', 'A kitten was sitting on a rug'],
    ['Stock prices fell sharply today', 'The share market dropped a lot'],
    ['Cars are parked outside', 'An automobile stands in front of the door'],
    ['The doctor sees patients at eight', 'Physicians begin to see the ill at eight'],
    ['We want to buy a bigger house', 'They purchased a large home'],
  ] as const

  test('in the space of embeddings', () => {
    const size = 1536
    for (const [at, [one, other]] of pairs.entries()) {
      const near = cosine(embed(one, size), embed(other, size))
      for (const [elsewhere, unrelated] of pairs.entries()) {
        if (elsewhere === at) continue
        for (const text of unrelated) expect(near).toBeGreaterThan(cosine(embed(one, size), embed(text, size)))
      }
    }
  })

  test('to the reranker, where the words themselves count for more', () => {
    const texts = pairs.map(([, other]) => other)
    for (const [at, [one]] of pairs.entries()) {
      const scores = bm25(one, texts)
      expect(scores.indexOf(Math.max(...scores))).toBe(at)
    }
    const [word = 0, synonym = 0, nothing] = bm25('car', ['a car', 'an automobile', 'a tree'])
    expect(word).toBeGreaterThan(synonym)
    expect(synonym).toBeGreaterThan(0)
    expect(nothing).toBe(0)
  })
})

describe('a seed', () => {
  const recommend = async (seed?: number, more: Json = {}): Promise<string> =>
    (await cohere('Recommend a novel', more, seed === undefined ? {} : { seed })).content[0]?.text ?? ''

  test('chooses among answers, and always the same', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, seed) => recommend(seed)))
    expect(new Set(answers).size).toBeGreaterThan(6)
    expect(await Promise.all(answers.map((_, seed) => recommend(seed)))).toEqual(answers)
    expect(await recommend()).toBe(answers[0])
  })

  test('of a request goes before that of the simulator', async () => {
    expect(await recommend(3, { seed: 5 })).toBe(await recommend(5))
  })

  test('serves OpenAI as well', async () => {
    const body = { model: 'gpt-4o-mini', input: 'Recommend a novel' }
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (seed) => {
        const { output }: { output: unknown[] } = JSON.parse(
          await (await post('https://api.openai.com/v1/responses', body, { seed })).text(),
        )
        return JSON.stringify(output).replaceAll(/"id":"[^"]*"/g, '')
      }),
    )
    expect(new Set(answers).size).toBeGreaterThan(3)
  })
})

test('every answer says what made it', async () => {
  const response = await post('https://api.openai.com/v1/embeddings', { model: 'text-embedding-3-small', input: 'a' })
  expect(response.headers.get('x-simulator-engine')).toBe('local/extract-1 (no language model)')
})

import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { ask, post, refused, textOf } from './client.ts'

const { fetch } = createSimulator()
const text = { type: 'string' }
const object = (properties: Record<string, unknown>, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  ...more,
})

async function json(question: string, schema?: object, name = 'json_schema'): Promise<unknown> {
  const response_format = { type: 'json_object', ...(schema && { [name]: schema }) }
  return JSON.parse((await textOf(await post(fetch, ask(question, { response_format })))) ?? '')
}

test.each<[string, object, string, unknown]>([
  [
    'a name and a number',
    object({ name: text, age: { type: 'integer' } }),
    "The person's name is John, and he is 30 years old",
    { name: 'John', age: 30 },
  ],
  [
    'a date',
    object({ on: { type: 'string', format: 'date' } }),
    'a visit of Bali starting Jan 5 2025',
    { on: '2025-01-05' },
  ],
  [
    'an address',
    object({ email: text, site: { type: 'string' } }),
    'site: "x.org", mail to a.b@c.org',
    { email: 'a.b@c.org', site: 'x.org' },
  ],
  ['an enumeration', object({ size: { enum: ['small', 'large'] } }), 'a large pizza', { size: 'large' }],
  ['a constant', object({ kind: { const: 'pizza' }, n: { type: 'number' } }), '2.5 of them', { kind: 'pizza', n: 2.5 }],
  ['a boolean', object({ vegan: { type: 'boolean' } }), 'It is not vegan', { vegan: false }],
  ['another boolean', object({ is_vegan: { type: 'boolean' } }), 'It is vegan', { is_vegan: true }],
  [
    'lists',
    object({ numbers: { type: 'array', items: { type: 'number' } } }),
    'Take 1, 2 and 3.5',
    { numbers: [1, 2, 3.5] },
  ],
  [
    'nested objects',
    object({ city: object({ country: text, inhabitants: { type: 'integer' } }) }),
    'a city in Norway with 291,940 inhabitants',
    { city: { country: 'Norway', inhabitants: 291_940 } },
  ],
  ['a nullable field', object({ note: { type: ['number', 'null'] } }), 'nothing here', { note: null }],
  ['alternatives', object({ id: { anyOf: [{ type: 'integer' }, { type: 'null' }] } }), 'number 7', { id: 7 }],
  [
    'references',
    object({ home: { $ref: '#/$defs/Place' } }, { $defs: { Place: object({ name: text }) } }),
    'I live in Bergen',
    { home: { name: 'Bergen' } },
  ],
  [
    'a pattern',
    object({ sku: { type: 'string', pattern: '[A-Z]{3}[0-9]{4}' } }),
    'order ABC1234 now',
    { sku: 'ABC1234' },
  ],
  [
    'a pattern without a match',
    object({ sku: { type: 'string', pattern: '[A-Z]{3}[0-9]{4}' } }),
    'order it now',
    { sku: 'AAA0000' },
  ],
  [
    'only what is there of the optional',
    object({ a: { type: 'integer' }, email: text }, { required: ['a'] }),
    '5',
    { a: 5 },
  ],
])('a schema is filled with %s of the prompt', async (_, schema, question, expected) => {
  expect(await json(question, schema)).toEqual(expected)
  expect(await json(question, schema, 'schema')).toEqual(expected)
})

test('a recommended book fills a schema of a book; several fill a list', async () => {
  const book = object({ title: text, author: text, year: { type: 'integer' }, genre: text })
  const one = await json('Recommend a fantasy book', book)
  expect(one).toMatchObject({ title: expect.any(String), year: expect.any(Number), genre: 'fantasy' })
  const said = await textOf(await post(fetch, ask('Recommend a fantasy book')))
  expect(said).toContain((one as { title: string }).title)
  const list = await json(
    'Recommend three mystery books',
    object({ books: { type: 'array', items: object({ title: text }) } }),
  )
  const { books } = list as { books: { title: string }[] }
  expect(new Set(books.map(({ title }) => title)).size).toBe(3)
})

test('a schema that refers to itself ends', async () => {
  const node = { $ref: '#/$defs/Node' }
  const schema = object(
    { root: node },
    { $defs: { Node: object({ name: text, next: { anyOf: [node, { type: 'null' }] } }) } },
  )
  expect(await json('Rome', schema)).toMatchObject({ root: { name: 'Rome' } })
})

test('a field named like a prototype is a field', async () => {
  const schema: object = JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"integer"}},"required":["__proto__"]}',
  )
  expect(JSON.stringify(await json('7', schema))).toBe('{"__proto__":7}')
})

test.each([
  ["Generate a JSON describing a person, with the fields 'name' and 'age': John is 30", { name: 'John', age: 30 }],
  ['Generate a JSON: Ann, ann@example.org, 5 May 2025', { name: 'Ann', email: 'ann@example.org', date: '2025-05-05' }],
  ['generate a json', { text: 'generate a json' }],
])('without a schema %j gives an object', async (question, expected) => {
  expect(await json(question)).toEqual(expected)
})

// The rules are at https://docs.cohere.com/docs/structured-outputs, the texts of the first four in the list of errors.
test.each<[string, unknown, string]>([
  ['a list on top', { type: 'array', items: text }, 'schema must be an object'],
  ['a missing property', object({ a: text }, { required: ['b'] }), 'required field name not found in properties'],
  ['a property without a type', object({ title: {} }), 'property title must have a type'],
  ['no required field', object({ a: text }, { required: [] }), 'at least one required field'],
  [
    'an inner object without one',
    object({ a: { type: 'object', properties: { b: text } } }),
    'at least one required field',
  ],
  ...[
    'allOf',
    'oneOf',
    'not',
    'minimum',
    'maximum',
    'minItems',
    'maxItems',
    'uniqueItems',
    'minLength',
    'maxLength',
  ].map((word): [string, unknown, string] => [word, object({ a: { type: 'string', [word]: 1 } }), word]),
  ['minLength in a definition', object({ a: text }, { $defs: { B: { type: 'string', minLength: 1 } } }), 'minLength'],
  ['an anchor', object({ a: { type: 'string', pattern: '^a' } }), '^'],
  ['a look ahead', object({ a: { type: 'string', pattern: 'a(?=b)' } }), '?='],
  ['the format email', object({ a: { type: 'string', format: 'email' } }), 'email'],
])('%s is refused', async (_, schema, words) => {
  const [status, message] = await refused(
    post(fetch, ask('x', { response_format: { type: 'json_object', json_schema: schema } })),
  )
  expect(status).toBe(400)
  expect(message).toContain(words)
})

test('what is documented as supported is accepted', async () => {
  const schema = object(
    {
      a: { type: 'string', format: 'date-time' },
      b: { type: 'string', pattern: '[^a]b\\$' },
      c: { anyOf: [text, { type: 'null' }] },
      d: { type: 'array' },
      e: { const: 1 },
      f: { $ref: '#/$defs/F' },
    },
    { additionalProperties: false, $defs: { F: { enum: ['x'] } } },
  )
  expect((await post(fetch, ask('x', { response_format: { type: 'json_object', json_schema: schema } }))).status).toBe(
    200,
  )
})

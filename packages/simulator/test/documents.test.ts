import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { ask, fold, jsonOf, post, refused, streamOf, typesOf, type ChatBody } from './client.ts'

const { fetch } = createSimulator()
const documents = [
  'Emperor penguins are the tallest penguins. They weigh up to 45 kg 🐧.',
  { data: { title: 'Homes', snippet: 'Emperor penguins only live in Antarctica. Gorillas live in Africa.' } },
  { id: 'own', data: 'Adélie penguins build nests of stones.' },
]

async function answer(question: string, more: Record<string, unknown> = { documents }): Promise<ChatBody> {
  return jsonOf(await post(fetch, ask(question, more)))
}

test.each([
  ['Where do emperor penguins live?', 'Emperor penguins only live in Antarctica.', 'doc:1'],
  ['How much do they weigh in kg?', 'They weigh up to 45 kg 🐧.', 'doc:0'],
  ['Who builds nests of stones?', 'Adélie penguins build nests of stones.', 'own'],
])('%j is answered with a sentence of the documents, cited', async (question, sentence, id) => {
  const { message, finish_reason } = await answer(question)
  const text = message.content?.[0]?.text ?? ''
  expect(text).toContain(sentence)
  expect(finish_reason).toBe('COMPLETE')
  const citation = message.citations?.find((one) => one.text === sentence)
  expect(text.slice(citation?.start, citation?.end)).toBe(sentence)
  expect(citation?.sources.map((source) => source.id)).toEqual([id])
})

test('a source repeats its document, with its id', async () => {
  const sources = (
    await Promise.all(['tallest?', 'Antarctica?', 'stones?'].map((question) => answer(question)))
  ).flatMap(({ message }) => message.citations?.flatMap((citation) => citation.sources) ?? [])
  expect(sources).toEqual([
    { type: 'document', id: 'doc:0', document: { id: 'doc:0', text: documents[0] } },
    {
      type: 'document',
      id: 'doc:1',
      document: {
        id: 'doc:1',
        title: 'Homes',
        snippet: 'Emperor penguins only live in Antarctica. Gorillas live in Africa.',
      },
    },
    { type: 'document', id: 'own', document: { id: 'own', text: 'Adélie penguins build nests of stones.' } },
  ])
})

test('what two documents say is cited with both', async () => {
  const same = 'The sky is green.'
  const { message } = await answer('What color is the sky?', { documents: [same, { id: 'b', data: { text: same } }] })
  expect(message.content?.[0]?.text).toBe(same)
  expect(message.citations?.map(({ sources }) => sources.map(({ id }) => id))).toEqual([['doc:0', 'b']])
})

test('a title is not quoted where a sentence matches', async () => {
  const policy = { title: 'Returns', text: 'You can return items within 30 days. Refunds take a week.' }
  const { message } = await answer('What is the return policy?', { documents: [{ data: policy }] })
  expect(message.content?.[0]?.text).toBe('You can return items within 30 days.')
})

test('it says so where the documents say nothing, and summarises where it is asked to', async () => {
  const { message } = await answer('Who wrote Faust?')
  expect(message.content?.[0]?.text).toBe('The documents say nothing about that.')
  expect(message).not.toHaveProperty('citations')
  const summary = await answer('Summarize this, please')
  expect(summary.message.citations?.map(({ text }) => text)).toEqual([
    'Emperor penguins are the tallest penguins.',
    'Emperor penguins only live in Antarctica.',
    'Adélie penguins build nests of stones.',
  ])
})

test.each(['ACCURATE', 'accurate', 'ENABLED', 'enabled', undefined])(
  '%s cites after all text, inside of its block',
  async (mode) => {
    const more = { documents, stream: true, ...(mode && { citation_options: { mode } }) }
    const events = await streamOf(await post(fetch, ask('Tell me about emperor penguins', more)))
    expect(typesOf(events)).toMatch(
      /^message-start content-start (?:content-delta )+(?:citation-start citation-end ){2,}content-end message-end $/,
    )
    const indexes = events.filter(({ type }) => type === 'citation-start').map(({ index }) => index)
    expect(indexes).toEqual(indexes.map((_, at) => at))
  },
)

test.each(['FAST', 'fast', 'Fast'])('%s cites as soon as the text is there', async (mode) => {
  const body = ask('Tell me about emperor penguins', { documents, stream: true, citation_options: { mode } })
  const events = await streamOf(await post(fetch, body))
  expect(typesOf(events)).toMatch(/citation-end content-delta/)
  let text = ''
  for (const { type, delta } of events) {
    text += delta?.message?.content?.text ?? ''
    const citation = delta?.message?.citations
    if (type !== 'citation-start' || !citation) continue
    expect(text.slice(citation.start)).toBe(citation.text)
  }
  expect(fold(events).message).toEqual((await answer('Tell me about emperor penguins')).message)
})

test.each(['OFF', 'off', 'DISABLED', 'disabled'])('%s cites nothing', async (mode) => {
  const { message } = await answer('Tell me about emperor penguins', { documents, citation_options: { mode } })
  expect(message).not.toHaveProperty('citations')
  expect(message.content?.[0]?.text).toContain('Emperor penguins')
})

test('text that was cut off is not cited', async () => {
  const full = await answer('Tell me about emperor penguins')
  const [first] = full.message.citations ?? []
  for (const more of [{ max_tokens: 8 }, { stop_sequences: ['Antarctica'] }]) {
    const { message } = await answer('Tell me about emperor penguins', { documents, ...more })
    expect(message.citations).toEqual([first])
  }
})

test('an automatic id can be a duplicate as well', async () => {
  const twice = [{ data: { text: 'x' } }, { id: 'doc:0', data: { text: 'y' } }]
  expect(await refused(post(fetch, ask('x', { documents: twice })))).toEqual([
    400,
    'invalid request: duplicate document ID doc:0 at index 1 and 0',
  ])
})

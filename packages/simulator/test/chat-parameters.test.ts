import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { ask, fold, jsonOf, post, refused, streamOf } from './client.ts'

const { fetch } = createSimulator()
const vision = 'command-a-vision-07-2025'
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='

function png(width: number, height: number): string {
  const bytes = Buffer.from(pixel.slice(pixel.indexOf(',') + 1), 'base64')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return `data:image/png;base64,${bytes.toString('base64')}`
}

function looking(url: string, detail?: string): Record<string, unknown> {
  const image = { type: 'image_url', image_url: { url, ...(detail && { detail }) } }
  return ask('', { model: vision, messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }, image] }] })
}

test('log probabilities come with each piece of text, streamed and not', async () => {
  const body = ask('Recommend a fantasy book', { logprobs: true })
  const whole = await jsonOf(await post(fetch, body))
  const events = await streamOf(await post(fetch, { ...body, stream: true }))
  const deltas = events.filter(({ type }) => type === 'content-delta')
  expect(deltas.length).toBeGreaterThan(10)
  for (const { delta, logprobs } of deltas) {
    expect(logprobs?.text).toBe(delta?.message?.content?.text)
    expect(logprobs?.token_ids.length).toBe(logprobs?.logprobs.length)
    for (const probability of logprobs?.logprobs ?? [1]) expect(probability).toBeLessThanOrEqual(0)
  }
  expect(fold(events).logprobs).toEqual(whole.logprobs)
  expect(whole.logprobs?.map(({ text }) => text).join('')).toBe(whole.message.content?.[0]?.text)
  expect(await jsonOf(await post(fetch, ask('hello')))).not.toHaveProperty('logprobs')
})

test('the token ids of log probabilities are those of the tokenizer', async () => {
  const { logprobs = [] } = await jsonOf(await post(fetch, ask('Recommend a book', { logprobs: true })))
  const tokens = logprobs.flatMap(({ token_ids: ids }) => ids)
  const body = { model: 'command-a-03-2025', tokens }
  const { text } = await jsonOf<{ text: string }>(await post(fetch, body, { path: '/v1/detokenize' }))
  expect(text).toBe(logprobs.map((one) => one.text).join(''))
})

// Recorded are 259 tokens for a small image, one of which is not billed; the rule is documented, and so is the last example.
test.each<[string, string | undefined, number]>([
  ['https://cohere.com/favicon-32x32.png', undefined, 259],
  [pixel, 'high', 259],
  [png(768, 768), 'auto', 259],
  [png(769, 100), undefined, 256 * 3 + 3],
  [png(4000, 4000), 'low', 259],
  [png(600, 600), 'high', 256 * 5 + 3],
  [png(10_000, 20_000), 'high', 2304 + 3],
])('an image costs what its size and detail say: %#', async (url, detail, tokens) => {
  const { usage } = await jsonOf(await post(fetch, looking(url, detail)))
  expect(usage.tokens?.image_tokens).toBe(tokens)
  expect(usage.billed_units?.input_tokens).toBe(1 + tokens - 1)
})

test.each<[string, Record<string, unknown>, string]>([
  ['a model without eyes', { ...looking(pixel), model: 'command-a-03-2025' }, 'not supported by the model'],
  ['another detail', looking(pixel, 'medium'), "'medium'"],
  ['a local file', looking('file:///etc/passwd'), 'http(s) URL'],
  ['another format', looking('data:image/bmp;base64,AAAA'), 'http(s) URL'],
  ['no URL', looking(''), 'must not be empty'],
  [
    '21 images',
    ask('', {
      model: vision,
      messages: [
        { role: 'user', content: Array.from({ length: 21 }, () => ({ type: 'image_url', image_url: { url: pixel } })) },
      ],
    }),
    'at most 20 images',
  ],
])('%s is refused', async (_, body, words) => {
  const [status, message] = await refused(post(fetch, body))
  expect(status).toBe(400)
  expect(message).toContain(words)
})

test('more than the model can read is refused with the documented text', async () => {
  const long = 'word '.repeat(16_010).trim()
  expect(await refused(post(fetch, ask(long, { model: 'command-a-translate-08-2025' })))).toEqual([
    400,
    "too many tokens: size limit exceeded by 10 tokens. Try using shorter or fewer inputs, or setting prompt_truncation='AUTO'.",
  ])
  expect((await post(fetch, ask(long))).status).toBe(200)
})

test.each(['CONTEXTUAL', 'STRICT', 'OFF'])(
  'the safety mode %s and a priority change nothing in the answer',
  async (mode) => {
    const plain = await jsonOf(await post(fetch, ask('Recommend a book')))
    const other = await jsonOf(await post(fetch, ask('Recommend a book', { safety_mode: mode, priority: 7 })))
    expect(other.message).toEqual(plain.message)
  },
)

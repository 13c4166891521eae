import { expect, test } from 'vitest'
import { createSimulator, type DialectName, type SimulatorOptions } from '../src/index.ts'
import { dataOf } from './openai-fold.ts'

const question = { role: 'user', content: 'Who wrote Dune?' }
const text = 'Dune was written by Frank Herbert and first published in 1965.'

interface Sent {
  url?: string
  headers?: Record<string, string>
  body?: object
  options?: SimulatorOptions
}

async function send({
  url = 'https://simulator.test/v1/chat/completions',
  headers,
  body,
  options,
}: Sent): Promise<[number, string]> {
  const response = await createSimulator(options).fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'some-model', messages: [question], ...body }),
  })
  return [response.status, await response.text()]
}

const groq: Record<string, Sent> = {
  'the header': { headers: { 'x-simulator-dialect': 'groq' } },
  'the path': { url: 'https://simulator.test/groq/openai/v1/chat/completions' },
  'the short path': { url: 'https://simulator.test/groq/v1/chat/completions' },
  'the host': { url: 'https://api.groq.com/openai/v1/chat/completions' },
  'the options': { options: { openai: { dialect: 'groq' } } },
  'the options, with its own path': {
    url: 'https://simulator.test/openai/v1/chat/completions',
    options: { openai: { dialect: 'groq' } },
  },
  'the header before the path': {
    url: 'https://simulator.test/mistral/v1/chat/completions',
    headers: { 'x-simulator-dialect': 'groq' },
  },
}

test.each(Object.entries(groq))('%s names a dialect', async (_, sent) => {
  expect((await send(sent))[1]).toContain('"x_groq"')
})

test('paths without a version, with a word before it, and of a deployment', async () => {
  for (const url of [
    'https://api.deepseek.com/chat/completions',
    'https://openrouter.ai/api/v1/chat/completions',
    'https://mine.openai.azure.com/openai/deployments/any/chat/completions?api-version=1',
  ]) {
    const [status, body] = await send({ url, body: { model: url.includes('azure') ? 'gpt-4o' : 'some-model' } })
    expect([status, body.includes(text)]).toEqual([200, true])
  }
})

test('models are whose path, header, host or client says', async () => {
  const simulator = createSimulator()
  const first = async (url: string, headers: Record<string, string> = {}): Promise<string> =>
    (await (await simulator.fetch(url, { headers: { authorization: 'Bearer test', ...headers } })).text()).slice(0, 12)
  const [cohere, openai] = ['{"models":[{', '{"object":"l']
  expect(await first('https://api.cohere.com/v1/models')).toBe(cohere)
  expect(await first('https://simulator.test/v1/models')).toBe(cohere)
  expect(await first('https://simulator.test/cohere/v1/models')).toBe(cohere)
  expect(await first('https://api.openai.com/v1/models')).toBe(openai)
  expect(await first('https://simulator.test/openai/v1/models')).toBe(openai)
  expect(await first('https://simulator.test/v1/models', { 'x-stainless-lang': 'js' })).toBe(openai)
  expect(await first('https://simulator.test/models')).toBe(openai)
})

function of(dialect: DialectName, body: object = {}): Promise<[number, string]> {
  return send({ headers: { 'x-simulator-dialect': dialect }, body })
}

test('what some of them refuse, and OpenAI does not', async () => {
  const asked = {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
  }
  const messages = [question, asked, { role: 'tool', tool_call_id: 'call_1', content: '1' }]
  expect((await of('groq', { messages }))[0]).toBe(200)
  expect(await of('mistral', { messages })).toEqual([
    400,
    expect.stringContaining('must be a-z, A-Z, 0-9, with a length of 9'),
  ])
  expect((await of('mistral', { stream: true, stream_options: { include_usage: true } }))[0]).toBe(422)
  const image = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/x.png' } }] }]
  expect(await of('deepseek', { model: 'deepseek-chat', messages: image })).toEqual([
    400,
    expect.stringContaining('unknown variant `image_url`'),
  ])
  expect((await of('groq', { nobody_knows: 1 }))[0]).toBe(200)
})

test('Ollama and vLLM ask for no key', async () => {
  for (const dialect of ['ollama', 'vllm', 'groq'] as const) {
    const [status] = await send({ headers: { authorization: '', 'x-simulator-dialect': dialect } })
    expect(status).toBe(dialect === 'groq' ? 401 : 200)
  }
})

interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  completion_tokens_details: { reasoning_tokens: number }
}

test("xAI's completion tokens are without those of reasoning, and its total is not", async () => {
  const { usage }: { usage: Usage } = JSON.parse((await of('xai', { model: 'grok-4.3' }))[1])
  const { prompt_tokens: prompt, completion_tokens: said, total_tokens: total } = usage
  const { reasoning_tokens: thought } = usage.completion_tokens_details
  expect(thought).toBeGreaterThan(0)
  expect(total).toBe(prompt + said + thought)
})

test("Azure's first chunk has no choice, Perplexity's stream no end, Mistral's thinking is a list", async () => {
  const [, azure] = await of('azure', { model: 'gpt-4o', stream: true })
  expect(dataOf(azure)[0]).toMatchObject({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] })
  const [, perplexity] = await of('perplexity', { stream: true })
  expect(perplexity).not.toContain('[DONE]')
  expect(dataOf(perplexity).at(-1)).toMatchObject({
    object: 'chat.completion.done',
    choices: [{ message: { content: text } }],
  })
  const [, mistral] = await of('mistral', { model: 'magistral-medium-latest', stream: true })
  expect(dataOf(mistral)[1]).toMatchObject({ choices: [{ delta: { content: [{ type: 'thinking' }] } }] })
})

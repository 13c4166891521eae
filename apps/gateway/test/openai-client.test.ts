import { OpenAI } from 'openai'
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions'
import type { ResponseInputItem } from 'openai/resources/responses/responses'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Started, start } from './start.ts'

let started: Started
let client: OpenAI
beforeAll(async () => {
  started = await start()
  client = new OpenAI({ apiKey: started.key, baseURL: `${started.url}/v1`, maxRetries: 0 })
  return () => started[Symbol.asyncDispose]()
})

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const tool: ChatCompletionTool = {
  type: 'function',
  function: { name: 'get_weather', description: 'Tells the weather of a city', parameters },
}
const question = 'What is the weather in Paris?'

describe.each(['cohere/command-a-03-2025', 'groq/openai/gpt-oss-20b', 'openai/gpt-4o-mini'])(
  'the client of OpenAI, with %s behind the gateway',
  (model) => {
    test('holds a streamed conversation with a tool', async () => {
      const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: question }]
      const first = client.chat.completions.stream({
        model,
        messages,
        tools: [tool],
        stream_options: { include_usage: true },
      })
      const { choices, usage } = await first.finalChatCompletion()
      const [choice] = choices
      expect(choice?.finish_reason).toBe('tool_calls')
      const [call] = choice?.message.tool_calls ?? []
      expect(call).toMatchObject({ type: 'function', function: { name: 'get_weather' } })
      expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual({ city: 'Paris' })
      expect(usage?.total_tokens).toBeGreaterThan(0)
      if (!choice || !call) throw new Error('there is no call.')

      // The client's own helper adds fields that no server takes back.
      const { parsed: _, ...said } = choice.message
      messages.push(said, { role: 'tool', tool_call_id: call.id, content: '{"report":"Rain, 12 degrees."}' })
      let text = ''
      let finish: string | null = null
      for await (const chunk of await client.chat.completions.create({
        model,
        messages,
        tools: [tool],
        stream: true,
      })) {
        expect(chunk.usage).toBeUndefined()
        text += chunk.choices[0]?.delta.content ?? ''
        finish = chunk.choices[0]?.finish_reason ?? finish
      }
      expect(finish).toBe('stop')
      expect(text).toContain('12')
    })

    test('gets a whole answer, too', async () => {
      const { choices, usage } = await client.chat.completions.create({
        model,
        messages: [{ role: 'user', content: 'Who wrote Dune?' }],
      })
      expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant' } })
      expect(choices[0]?.message.content).toContain('Frank Herbert')
      expect(usage?.prompt_tokens).toBeGreaterThan(0)
    })
  },
)

describe.each(['cohere/command-a-03-2025', 'openai/gpt-5-mini', 'groq/openai/gpt-oss-20b'])(
  'the client of OpenAI and its Responses API, with %s behind the gateway',
  (model) => {
    test('holds a streamed conversation with a tool', async () => {
      const functionTool = { type: 'function', name: 'get_weather', parameters, strict: false } as const
      const input: ResponseInputItem[] = [{ role: 'user', content: question }]
      const numbers: number[] = []
      const first = client.responses.stream({ model, input, tools: [functionTool] })
      for await (const event of first) numbers.push(event.sequence_number)
      expect(numbers).toEqual(numbers.map((_, index) => index))
      const response = await first.finalResponse()
      expect(response.status).toBe('completed')
      const call = response.output.find((item) => item.type === 'function_call')
      if (!call) throw new Error('there is no call.')
      expect(JSON.parse(call.arguments)).toEqual({ city: 'Paris' })

      // As above.
      for (const item of response.output) if ('parsed_arguments' in item) delete item.parsed_arguments
      input.push(...(response.output as ResponseInputItem[]))
      input.push({ type: 'function_call_output', call_id: call.call_id, output: 'Rain, 12 degrees.' })
      let text = ''
      for await (const event of await client.responses.create({ model, input, tools: [functionTool], stream: true })) {
        if (event.type === 'response.output_text.delta') text += event.delta
        if (event.type === 'response.completed') expect(event.response.output_text ?? text).toBe(text)
      }
      expect(text).toContain('12')
    })
  },
)

test('what Cohere says beyond OpenAI’s words goes back to it as it came', async () => {
  const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: question }]
  const model = 'cohere/command-a-03-2025'
  const first = await client.chat.completions.create({ model, messages, tools: [tool] })
  const [choice] = first.choices
  const [call] = choice?.message.tool_calls ?? []
  if (!choice || !call) throw new Error('there is no call.')
  expect(choice.message).toMatchObject({ interlingua: { provider: 'cohere', plan: expect.stringContaining('I will') } })
  expect(first).toMatchObject({ interlingua: { provider: 'cohere', cost_nano_usd: expect.any(Number) } })
  messages.push(choice.message, { role: 'tool', tool_call_id: call.id, content: 'Rain' })
  await client.chat.completions.create({ model, messages, tools: [tool] })
  const { body } = started.simulator.requests.at(-1) ?? {}
  const { plan } = (choice.message as { interlingua?: { plan?: string } }).interlingua ?? {}
  expect(body).toMatchObject({ messages: [{}, { role: 'assistant', tool_plan: plan }, {}] })
})

test('a conversation moves from one provider to the other', async () => {
  const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: question }]
  const first = await client.chat.completions.create({ model: 'cohere/command-a-03-2025', messages, tools: [tool] })
  const [choice] = first.choices
  const [call] = choice?.message.tool_calls ?? []
  if (!choice || !call) throw new Error('there is no call.')
  messages.push(choice.message, { role: 'tool', tool_call_id: call.id, content: 'Rain, 12 degrees.' })
  const second = await client.chat.completions.create({ model: 'openai/gpt-4o-mini', messages, tools: [tool] })
  expect(second.choices[0]?.message.content).toContain('12')
  const input: ResponseInputItem[] = [{ role: 'user', content: 'Recommend a fantasy book' }]
  const answer = await client.responses.create({ model: 'cohere/command-a-reasoning-08-2025', input })
  expect(answer.output.map(({ type }) => type)).toEqual(['reasoning', 'message'])
  input.push(...(answer.output as ResponseInputItem[]), { role: 'user', content: 'Who wrote Dune?' })
  const next = await client.responses.create({ model: 'openai/gpt-5-mini', input })
  expect(next.output_text).toContain('Herbert')
})

test('what a provider cannot do is told by the caller’s name for it', async () => {
  const answer = await client.chat.completions.create({
    model: 'cohere/command-a-03-2025',
    messages: [{ role: 'user', content: 'Who wrote Dune?' }],
    temperature: 1.7,
    logit_bias: { '50256': -100 },
    top_logprobs: 2,
  })
  const { warnings } = (answer as { interlingua?: { warnings?: { field: string }[] } }).interlingua ?? {}
  expect(warnings?.map(({ field }) => field).toSorted()).toEqual(['logit_bias', 'temperature', 'top_logprobs'])
})

test('several answers are not asked for where one is given', async () => {
  for (const model of ['cohere/command-a-03-2025', 'groq/openai/gpt-oss-20b']) {
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hi' }], n: 3 })
    expect(answer).toMatchObject({ choices: [{}], interlingua: { warnings: [{ field: 'n' }] } })
    expect(started.simulator.requests.at(-1)?.body).not.toHaveProperty('n')
  }
})

test('embeddings of either provider have the form of OpenAI’s', async () => {
  for (const model of ['openai/text-embedding-3-small', 'cohere/embed-v4.0']) {
    const { data, usage } = await client.embeddings.create({ model, input: ['Dune', 'Emma'] })
    expect(data.map(({ index }) => index)).toEqual([0, 1])
    expect(data.map(({ embedding }) => embedding.length)).toEqual([1536, 1536])
    const norm = Math.hypot(...(data[0]?.embedding ?? []))
    expect(norm).toBeCloseTo(1, 1)
    expect(usage.prompt_tokens).toBeGreaterThan(0)
  }
})

test('models are listed', async () => {
  await using other = await start({ models: { fast: 'cohere/command-r7b-12-2024' } })
  const listing = new OpenAI({ apiKey: other.key, baseURL: `${other.url}/v1` })
  const { data } = await listing.models.list()
  expect(data.map(({ id, owned_by: owner }) => [id, owner])).toEqual([['fast', 'cohere']])
})

test('errors are the client’s own', async () => {
  const ask = (model: string, apiKey = started.key) =>
    new OpenAI({ apiKey, baseURL: `${started.url}/v1`, maxRetries: 0 }).chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'Hi' }],
    })
  await expect(ask('cohere/command-a-03-2025', 'wrong')).rejects.toThrow(OpenAI.AuthenticationError)
  await expect(ask('nobody/nothing')).rejects.toThrow(OpenAI.NotFoundError)
  await expect(ask('openai/no-such-model')).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
  await expect(ask('cohere/no-such-model')).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
})

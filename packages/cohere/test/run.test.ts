import { createCohere } from '@interlingua/cohere'
import { defineCall, defineTool, jsonSchema } from '@interlingua/core'
import { createSimulator, type SimulatorOptions } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'

const reports = [
  { city: 'Paris', report: 'Rain and 12 degrees in Paris.' },
  { city: 'Rome', report: 'Sun and 21 degrees in Rome.' },
]
const weather = defineTool({
  name: 'get-weather',
  description: 'Tells the weather',
  input: jsonSchema<{ city: string }>({
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  }),
  examples: [{ city: 'Berlin' }],
  run: async ({ city }, { unit }: { unit: string }) => ({ ...reports.find((each) => each.city === city), unit }),
})
const context = { unit: '°C' }

function askOver(options?: SimulatorOptions) {
  const simulator = createSimulator(options)
  const model = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025')
  const prompt = (cities: string) => `What is the weather in ${cities}?`
  return { simulator, ask: defineCall({ model, prompt, tools: [weather] }) }
}

describe('a run with Cohere', () => {
  test('calls tools together, and answers with citations of what they gave', async () => {
    const { ask, simulator } = askOver()
    const { response, steps, messages, usage, cost, stopReason } = await ask.run(['Paris and Rome'], { context })
    expect(stopReason).toBe('finished')
    expect(steps.map(({ toolResults }) => toolResults.map(({ value }) => value))).toEqual([
      reports.map((report) => ({ ...report, unit: '°C' })),
      [],
    ])
    expect(response.content).toContain('12 degrees')
    const ids = steps[0]?.response.toolCalls.map(({ id }) => id) ?? []
    const sources = response.citations.flatMap((citation) => citation.sources.map(({ id }) => id?.split(':')[0]))
    expect(new Set(sources)).toEqual(new Set(ids))
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool', 'assistant'])
    const [first, second] = steps.map((step) => step.response)
    expect(usage.billed?.inputTokens).toBe(
      (first?.usage.billed?.inputTokens ?? NaN) + (second?.usage.billed?.inputTokens ?? NaN),
    )
    expect(cost?.nanoUsd).toBe((first?.cost?.nanoUsd ?? NaN) + (second?.cost?.nanoUsd ?? NaN))
    expect(simulator.requests).toHaveLength(2)
  })

  test('the plan and the calls go back as they came, each result as a document', async () => {
    const { ask, simulator } = askOver()
    const { steps } = await ask.run(['Paris'], { context })
    const { plan, toolCalls = [] } = steps[0]?.response.message ?? {}
    expect(plan).not.toBe('')
    expect(simulator.requests[1]?.body).toMatchObject({
      messages: [
        { role: 'user' },
        {
          role: 'assistant',
          tool_plan: plan,
          tool_calls: toolCalls.map(({ id, raw }) => ({ id, function: { arguments: raw } })),
        },
        {
          role: 'tool',
          tool_call_id: toolCalls[0]?.id,
          content: [{ type: 'document', document: { data: { ...reports[0], unit: '°C' } } }],
        },
      ],
      tools: [{ function: { parameters: { examples: [{ city: 'Berlin' }] } } }],
    })
  })

  test('streamed, it comes to the same', async () => {
    const { ask } = askOver()
    const run = askOver().ask.runStream(['Paris and Rome'], { context, eagerTools: true })
    let text = ''
    for await (const piece of run.text()) text += piece
    const streamed = await run.result()
    const called = await ask.run(['Paris and Rome'], { context })
    expect(text).toBe(called.response.content)
    expect(streamed).toMatchObject({ usage: called.usage, cost: called.cost, stopReason: called.stopReason })
    expect(streamed.response.content).toBe(called.response.content)
  })

  test('what the model gets wrong it is told, and may put right', async () => {
    const { ask, simulator } = askOver({
      scripts: [
        {
          times: 1,
          toolCalls: [
            { name: 'get_weather', arguments: '{"city": Paris' },
            { name: 'get_weather', arguments: { town: 'Paris' } },
            { name: 'radio', arguments: {} },
          ],
        },
        { times: 1, toolCalls: [{ name: 'get_weather', arguments: { city: 'Paris' } }] },
      ],
    })
    const { steps, response } = await ask.run(['Paris'], { context })
    expect(steps[0]?.toolResults.map(({ error }) => error?.code)).toEqual([
      'invalid_json',
      'invalid_arguments',
      'unknown_tool',
    ])
    expect(response.content).toContain('Rain')
    expect(simulator.requests[1]?.body).toMatchObject({
      messages: [
        {},
        {},
        { content: expect.stringContaining('not JSON') },
        { content: expect.stringContaining('city is required') },
        { content: 'There is no tool radio. The tools are: get-weather.' },
      ],
    })
  })

  test('leaving in the second answer closes its connection', async () => {
    const { ask, simulator } = askOver({
      pace: { tokensPerSecond: 1_000 },
      scripts: [
        { times: 1, toolCalls: [{ name: 'get_weather', arguments: { city: 'Paris' } }] },
        { text: 'rain '.repeat(5_000) },
      ],
    })
    const run = ask.runStream(['Paris'], { context })
    for await (const event of run) if (event.type === 'chunk' && event.step === 1 && event.chunk.content) break
    expect(await simulator.requests[1]?.finished).toBe('cancelled')
    expect(run.partial.response?.content).toMatch(/^rain/)
    await expect(run.result()).rejects.toMatchObject({ code: 'aborted' })
  })

  test('a failure in the second request keeps the first step and what it cost', async () => {
    const { ask } = askOver({
      scripts: [
        { times: 1, toolCalls: [{ name: 'get_weather', arguments: { city: 'Paris' } }] },
        { status: 400, body: '{"message":"no"}' },
      ],
    })
    const error: unknown = await ask.run(['Paris'], { context }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'invalid_request',
      provider: 'cohere',
      run: { steps: [{ toolResults: [{ value: { city: 'Paris' } }] }], cost: { nanoUsd: expect.any(Number) } },
    })
  })
})

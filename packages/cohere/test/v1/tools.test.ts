import { createCohere } from '@interlingua/cohere'
import type { ToolDefinition } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { answer, keepingFetch, sent } from './sent.ts'

describe('tools', () => {
  const parameters = {
    type: 'object',
    properties: {
      city: { type: 'string', description: 'Where.' },
      days: { type: 'integer' },
      exact: { type: 'boolean' },
      least: { type: 'number' },
      hours: { type: 'array', items: { type: 'integer' } },
    },
    required: ['city'],
    additionalProperties: false,
  }
  const weather: ToolDefinition = { name: 'weather', description: 'Tells the weather.', parameters }
  const now: ToolDefinition = { name: 'now', parameters: { type: 'object', properties: {} } }

  test('have parameters by type and description', async () => {
    const { body, warnings } = await sent('Hi', { tools: [weather, now] })
    expect(body['tools']).toEqual([
      {
        name: 'weather',
        description: 'Tells the weather.',
        parameter_definitions: {
          city: { description: 'Where.', type: 'str', required: true },
          days: { type: 'int', required: false },
          exact: { type: 'bool', required: false },
          least: { type: 'float', required: false },
          hours: { type: 'List[int]', required: false },
        },
      },
      { name: 'now', description: '' },
    ])
    expect(warnings).toEqual([])
  })

  test('have in words what a type cannot say, and it is told', async () => {
    const unit = { type: 'string', description: 'Of what.', enum: ['C', 'F'] }
    const place = { $ref: '#/$defs/place' }
    const $defs = { place: { type: 'object', properties: { city: { type: 'string' } } } }
    const tool = { name: 'weather', parameters: { type: 'object', properties: { unit, place }, $defs } }
    const { body, warnings } = await sent('Hi', { tools: [tool] })
    expect(body['tools']).toEqual([
      {
        name: 'weather',
        description: '',
        parameter_definitions: {
          unit: {
            description: 'Of what. JSON Schema: {"type":"string","enum":["C","F"]}',
            type: 'str',
            required: false,
          },
          place: {
            description: `JSON Schema: ${JSON.stringify({ ...place, $defs })}`,
            type: 'Any',
            required: false,
          },
        },
      },
    ])
    expect(warnings).toMatchObject([
      { code: 'unsupported', field: 'tools.weather.parameters', message: expect.stringContaining('unit, place') },
    ])
  })

  test('that are combined are described as a whole', async () => {
    const either = { anyOf: [{ type: 'object' }, { type: 'object', properties: { a: { type: 'string' } } }] }
    const { body, warnings } = await sent('Hi', { tools: [{ name: 'f', description: 'Does.', parameters: either }] })
    expect(body['tools']).toEqual([{ name: 'f', description: `Does. JSON Schema: ${JSON.stringify(either)}` }])
    expect(warnings).toHaveLength(1)
  })

  test('whose names Cohere does not take are renamed, there and back', async () => {
    const { sent: requests, fetch } = keepingFetch({
      ...answer,
      tool_calls: [{ name: 'get_weather', parameters: {} }],
    })
    const model = createCohere({ api: 'v1', apiKey: 'key', fetch })('a-model')
    const response = await model.call('Hi', { tools: [{ ...weather, name: 'get-weather' }] })
    expect(requests[0]?.body['tools']).toMatchObject([{ name: 'get_weather' }])
    expect(response.toolCalls.map(({ name }) => name)).toEqual(['get-weather'])
  })

  test.each([
    ['auto', ['weather', 'now'], 0],
    ['none', undefined, 0],
    ['required', ['weather', 'now'], 1],
    [{ name: 'now' }, ['now'], 1],
    [{ name: 'gone' }, ['weather', 'now'], 1],
  ] as const)('choice %o', async (toolChoice, offered, count) => {
    const { body, warnings } = await sent('Hi', { tools: [weather, now], toolChoice })
    const { tools } = body as { tools?: { name: string }[] }
    expect(tools?.map(({ name }) => name)).toEqual(offered)
    expect(warnings.filter(({ field }) => field === 'toolChoice')).toHaveLength(count)
  })
})

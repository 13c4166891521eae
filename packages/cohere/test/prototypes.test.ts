import { createCohere } from '@interlingua/cohere'
import { defineTool, jsonSchema, structured } from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'

const hostile =
  '{"__proto__":{"polluted":true,"city":"Rome"},"constructor":{"prototype":{"polluted":true}},"toString":1,"city":"Paris"}'
const modelId = 'command-a-03-2025'

/** Nothing that a model writes changes what other objects are. */
function expectUntouched(value: unknown): void {
  expect('polluted' in {}).toBe(false)
  expect(Object.prototype).not.toHaveProperty('polluted')
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(Object.hasOwn(value as object, '__proto__')).toBe(true)
  expect(JSON.parse(JSON.stringify(value))).toEqual(JSON.parse(hostile))
}

describe.each(['call', 'stream'] as const)('%s', (kind) => {
  const ask = async (script: object, options: object) => {
    const model = createCohere({ apiKey: 'key', fetch: createSimulator({ scripts: [script] }).fetch })(modelId)
    return kind === 'call' ? model.call('Hi', options) : model.stream('Hi', options).response()
  }

  test('tool arguments named like parts of a prototype are data', async () => {
    const seen: unknown[] = []
    const input = jsonSchema({ type: 'object', properties: { city: { type: 'string' } } })
    const tool = defineTool({ name: 'weather', description: 'Tells', input, run: (args) => seen.push(args) })
    const response = await ask({ toolCalls: [{ name: 'weather', arguments: hostile }] }, { tools: [tool] })
    expectUntouched(response.toolCalls[0]?.args)
    await response.runTools()
    expect(seen).toHaveLength(1)
    expectUntouched(seen[0])
  })

  test('a tool that is called `__proto__` or `constructor` was not offered', async () => {
    const input = jsonSchema({ type: 'object' })
    const tool = defineTool({ name: 'weather', description: 'Tells', input, run: () => 'rain' })
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const response = await ask({ toolCalls: [{ name, arguments: '{}' }] }, { tools: [tool] })
      expect(response.toolCalls[0]?.error).toBeDefined()
    }
  })

  test('so is the JSON of an answer', async () => {
    const fetch = createSimulator({ scripts: [{ text: hostile }] }).fetch
    const schema = jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] })
    const model = structured(createCohere({ apiKey: 'key', fetch })(modelId), schema)
    const { output } = kind === 'call' ? await model.call('Hi') : await model.stream('Hi').response()
    expectUntouched(output)
  })
})

test('partial tools and partial answers, at every character', async () => {
  const deltas = hostile
  const input = jsonSchema({ type: 'object', properties: { city: { type: 'string' } } })
  const tool = defineTool({ name: 'weather', description: 'Tells', input, run: () => 'rain' })
  const scripts = [{ toolCalls: [{ name: 'weather', deltas }], times: 1 }, { deltas }]
  const model = createCohere({ apiKey: 'key', fetch: createSimulator({ scripts }).fetch })(modelId)
  let last: unknown
  for await (const [, call] of model.stream('Hi', { tools: [tool], partialTools: true })) if (call) last = call.args
  expectUntouched(last)
  for await (const partial of model.stream('Hi').partials()) last = partial
  expectUntouched(last)
})

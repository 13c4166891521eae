import { type } from 'arktype'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineCall, defineTool, defineToolkit, type ToolDefinition } from '../src/index.ts'
import { scriptedModel } from './scripted-model.ts'

describe('defineTool', () => {
  test('a tool is its definition', () => {
    const tool = defineTool({
      name: 'add',
      description: 'Adds numbers',
      input: z.object({ a: z.number(), b: z.number() }),
      run: ({ a, b }) => a + b,
    })
    const { name, description, parameters }: ToolDefinition = tool
    expect({ name, description, parameters }).toEqual({
      name: 'add',
      description: 'Adds numbers',
      parameters: {
        type: 'object',
        properties: { a: { type: 'number' }, b: { type: 'number' } },
        required: ['a', 'b'],
      },
    })
    expect(tool.run({ a: 1, b: 2 }, undefined, { toolCall: call('add'), signal: new AbortController().signal })).toBe(3)
  })

  test('without an input it takes no arguments', () => {
    expect(defineTool({ name: 'now', run: () => 12 }).parameters).toEqual({ type: 'object', properties: {} })
  })

  test('examples go into the JSON Schema', () => {
    const examples = [{ city: 'Paris' }]
    const tool = defineTool({ name: 'weather', input: type({ city: 'string' }), examples, run: ({ city }) => city })
    expect(tool.parameters).toMatchObject({ type: 'object', examples })
  })

  const run = () => ''
  const city = z.object({ city: z.string() })
  const wrong = {
    'an example that does not fit': () =>
      defineTool({ name: 'weather', input: city, examples: [{ city: 'Paris' }, {}], run }),
    'arguments that are no object': () => defineTool({ name: 'weather', input: z.string(), run }),
    'a schema that has no JSON Schema': () => defineTool({ name: 'weather', input: z.object({ id: z.bigint() }), run }),
  }

  test.each(Object.entries(wrong))('%s: a typed error with the place', (_, define) => {
    const field = expect.stringMatching(/^tools\.weather\./)
    expect(define).toThrow(expect.objectContaining({ code: 'invalid_request', field }))
  })
})

describe('two tools of one name', () => {
  const tools = [defineTool({ name: 'now', run: () => 1 }), { name: 'now', parameters: {} }]

  test('are a typed error of the call, and nothing is sent', async () => {
    const { model, asked } = scriptedModel()
    const ask = defineCall({ model, prompt: () => 'Hi', tools })
    const expected = { code: 'invalid_request', message: expect.stringContaining('"now"') }
    await expect(ask()).rejects.toMatchObject(expected)
    await expect(ask.stream().response()).rejects.toMatchObject(expected)
    await expect(ask.run([])).rejects.toMatchObject(expected)
    expect(asked).toEqual([])
  })
})

describe('defineToolkit', () => {
  const state = { books: ['Dune'] }
  const library = defineToolkit({
    namespace: 'library',
    state,
    tools: ({ books }) => [
      defineTool({
        name: 'has',
        description: 'Whether there is a book.',
        input: z.object({ title: z.string() }),
        run: ({ title }) => books.includes(title),
      }),
      defineTool({ name: 'count', run: () => books.length }),
    ],
    describe: ({ books }, { description }) => description && `${description} There are ${books.length}.`,
  })

  test('prefixes names, and spreads into the tools of a call', async () => {
    const { model, asked } = scriptedModel()
    await defineCall({ model, prompt: () => 'Hi', tools: [...library] })()
    expect(asked[0]?.config.tools?.map(({ name }) => name)).toEqual(['library_has', 'library_count'])
  })

  test('descriptions tell the state at the time of the call', () => {
    const descriptions = () => library.tools.map(({ description }) => description)
    expect(descriptions()).toEqual(['Whether there is a book. There are 1.', undefined])
    state.books.push('Emma')
    expect(descriptions()).toEqual(['Whether there is a book. There are 2.', undefined])
  })

  test('two tools of one name are a typed error', () => {
    const tool = defineTool({ name: 'has', run: () => true })
    expect(() => defineToolkit({ namespace: 'library', state, tools: [tool, tool] })).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: expect.stringContaining('"library_has"') }),
    )
  })
})

function call(name: string) {
  return { id: 'call_1', name, args: {}, raw: '{}' }
}

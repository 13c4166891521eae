import { expect, test, describe } from 'vitest'
import {
  type CallOptions,
  failedAttempts,
  InterlinguaError,
  type JsonSchema,
  outputParser,
  structured,
} from '@interlingua/core'
import { type CohereTypes, createCohere } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'

const book = {
  type: 'object',
  properties: { title: { type: 'string' }, author: { type: 'string' }, year: { type: 'integer' } },
  required: ['title', 'author'],
  additionalProperties: false,
} as const satisfies JsonSchema

const dune = { title: 'Dune', author: 'Frank Herbert', year: 1965 }
const json = JSON.stringify(dune)

type Scripts = NonNullable<NonNullable<Parameters<typeof createSimulator>[0]>['scripts']>

function setUp(scripts: Scripts = []) {
  const simulator = createSimulator({ scripts })
  const cohere = createCohere({ apiKey: 'any', fetch: simulator.fetch })
  return { simulator, model: cohere('command-a-03-2025') }
}

function lookUp(name: string) {
  return {
    name,
    description: 'Looks up a book',
    parameters: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
  }
}

async function failureOf(promise: Promise<unknown>): Promise<InterlinguaError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof InterlinguaError)) throw new Error('no error of ours', { cause: error })
  return error
}

describe('an output', () => {
  test('comes from the response format, of which the simulator makes a book', async () => {
    const { simulator, model } = setUp()
    const response = await structured(model, book).call('Recommend a fantasy book')
    expect(response.output).toEqual(JSON.parse(response.content))
    expect(response.output).toMatchObject({ title: expect.any(String), author: expect.any(String) })
    expect(response.warnings).toEqual([])
    expect(simulator.requests[0]?.body).toMatchObject({ response_format: { type: 'json_object' } })
  })

  test('grows in a stream, and its last partial is the output', async () => {
    const { model } = setUp()
    const stream = structured(model, book).stream('Recommend a fantasy book')
    const partials = stream.partials()
    const seen: unknown[] = []
    for await (const partial of partials) seen.push(partial)
    const { output } = await stream.response()
    expect(seen.length).toBeGreaterThan(3)
    expect(seen.at(-1)).toEqual(output)
    expect(partials.isFinal(['title'])).toBe(true)
  })

  test.for(['native', 'tool', 'prompted'] as const)('is the same in mode %s, streamed and not', async (mode) => {
    const { model } = setUp([mode === 'tool' ? { toolCalls: [{ name: 'output', arguments: dune }] } : { text: json }])
    const librarian = structured(model, book, { mode })
    const response = await librarian.call('A book?')
    const stream = librarian.stream('A book?')
    const seen: unknown[] = []
    for await (const partial of stream.partials()) seen.push(partial)
    expect(response.output).toEqual(dune)
    expect(seen.at(-1)).toEqual(dune)
    const folded = await stream.response()
    expect(folded).toBe(await stream.response())
    for (const each of [response, folded]) {
      expect(each.output).toEqual(dune)
      expect(JSON.parse(each.content)).toEqual(dune)
      expect(each.toolCalls).toEqual([])
      expect(each.finishReason.unified).toBe('stop')
      expect(each.trialLimits).toBeUndefined()
    }
  })

  test.for([
    ['text', { type: 'string' }, 'hello'],
    ['number', { type: 'integer', minimum: 3 }, 7],
    ['enum', { enum: ['calm', 'wild'] }, 'wild'],
    ['list', { type: 'array', items: { type: 'string' } }, ['a', 'b']],
    ['union', { anyOf: [{ type: 'string' }, { type: 'null' }] }, null],
  ] as const)('that is a %s goes as the value of an object', async ([, schema, value]) => {
    const { model, simulator } = setUp([{ text: JSON.stringify({ value }) }])
    const wrapper = structured(model, schema)
    expect((await wrapper.call('?')).output).toEqual(value)
    const stream = wrapper.stream('?')
    const seen: unknown[] = []
    for await (const partial of stream.partials()) seen.push(partial)
    expect(seen.at(-1)).toEqual(value)
    expect(simulator.requests[0]?.body).toMatchObject({
      response_format: { json_schema: { required: ['value'], type: 'object' } },
    })
  })

  test('may refer to itself and to definitions from within the object that was put around it', async () => {
    const { model } = setUp([{ text: '{"value":[[],[[]]]}' }])
    const tree = { type: 'array', items: { $ref: '#' } }
    expect((await structured(model, tree, { mode: 'prompted' }).call('?')).output).toEqual([[], [[]]])
    const named = { $ref: '#/$defs/list', $defs: { list: { type: 'array', items: { $ref: '#/$defs/list' } } } }
    expect((await structured(model, named, { mode: 'prompted' }).call('?')).output).toEqual([[], [[]]])
  })

  test('is found between what a model writes around it', async () => {
    const { model } = setUp([{ text: `Use {curly} braces, see [1]:\n\`\`\`json\n${json}\n\`\`\`\nEnjoy {it}!` }])
    const librarian = structured(model, book, { mode: 'prompted' })
    expect((await librarian.call('?')).output).toEqual(dune)
    const seen: unknown[] = []
    for await (const partial of librarian.stream('?').partials()) seen.push(partial)
    expect(seen.at(-1)).toEqual(dune)
    expect(seen[0]).toEqual({})
  })

  test('may be read by a function', async () => {
    const { model, simulator } = setUp([{ text: 'Dune\nEmma' }])
    const lines = structured(
      model,
      outputParser(({ content }) => content.split('\n'), { instructions: 'One title on each line.' }),
    )
    expect((await lines.call('?')).output).toEqual(['Dune', 'Emma'])
    const seen: unknown[] = []
    for await (const partial of lines.stream('?').partials()) seen.push(partial)
    expect(seen).toEqual([['Dune', 'Emma']])
    expect(simulator.requests[0]?.body).toMatchObject({
      messages: [{ role: 'system', content: 'One title on each line.' }, {}],
    })
  })

  test('leaves out a null that stands for what is absent', async () => {
    const { model } = setUp([{ text: '{"title":"Dune","author":"Frank Herbert","year":null}' }])
    const { output } = await structured(model, book).call('?')
    expect(output).toEqual({ title: 'Dune', author: 'Frank Herbert' })
  })
})

describe('the mode', () => {
  test('is a tool where there are tools, which may come first', async () => {
    const { model, simulator } = setUp([
      { times: 1, toolCalls: [{ name: 'look_up', arguments: { title: 'Dune' } }] },
      { toolCalls: [{ name: 'output', arguments: dune }] },
    ])
    const librarian = structured(model, book)
    const options: CallOptions<CohereTypes> = { tools: [lookUp('look_up')] }
    const first = await librarian.call('Who wrote Dune?', options)
    expect(first.toolCalls).toMatchObject([{ name: 'look_up' }])
    expect(() => first.output).toThrow(/calls tools first/)
    expect(first.warnings).toMatchObject([{ code: 'unsupported', field: 'output.mode' }])
    const [call] = first.toolCalls
    const result = { role: 'tool', toolCallId: call?.id ?? '', content: 'Frank Herbert' } as const
    const second = await first.resume([result])
    expect(second.output).toEqual(dune)
    expect(second.message.toolCalls).toBeUndefined()
    expect(simulator.requests[0]?.body).toMatchObject({ tool_choice: 'REQUIRED', tools: [{}, {}] })
  })

  test('is prompted with documents, and says so', async () => {
    const { model, simulator } = setUp([{ text: json }])
    const librarian = structured(model, book)
    const { output, warnings } = await librarian.call('Who wrote Dune?', { documents: ['Herbert wrote Dune.'] })
    expect(output).toEqual(dune)
    expect(warnings).toMatchObject([{ code: 'unsupported', message: expect.stringContaining('without documents') }])
    expect(simulator.requests[0]?.body).toMatchObject({
      messages: [{ role: 'system', content: expect.stringContaining('JSON Schema') }, { role: 'user' }],
    })
  })

  test('is an error where the caller wants no substitute, streamed and not', async () => {
    const { model } = setUp()
    const librarian = structured(model, book)
    const options = { tools: [lookUp('look_up')], onUnsupported: 'error' } as const
    expect(await failureOf(librarian.call('?', options))).toMatchObject({ code: 'unsupported' })
    expect(await failureOf(librarian.stream('?', options).response())).toMatchObject({ code: 'unsupported' })
  })

  test('of a tool takes a name, which must be free', async () => {
    const { model } = setUp([{ toolCalls: [{ name: 'book', arguments: dune }] }])
    const librarian = structured(model, book, { mode: 'tool', name: 'book' })
    expect((await librarian.call('?')).output).toEqual(dune)
    expect(await failureOf(librarian.call('?', { tools: [lookUp('book')] }))).toMatchObject({ code: 'invalid_request' })
  })

  test('says its instructions once, however long the conversation', async () => {
    const { model, simulator } = setUp([{ text: json }])
    const first = await structured(model, book, { mode: 'prompted' }).call('?')
    const second = await first.resume('Another one')
    expect(second.output).toEqual(dune)
    const body = JSON.stringify(simulator.requests[1]?.body)
    expect(body.split('conforms to this JSON Schema')).toHaveLength(2)
  })
})

describe('an output that is none', () => {
  test('is an error with the text, the issues and the response', async () => {
    const text = '{"title":"Dune","author":5}'
    const { model } = setUp([{ text }])
    const librarian = structured(model, book)
    for (const error of [
      await failureOf(librarian.call('?')),
      await failureOf(librarian.stream('?').response()),
      await failureOf(
        (async () => {
          for await (const _ of librarian.stream('?').partials());
        })(),
      ),
    ]) {
      expect(error).toMatchObject({ code: 'output_validation', raw: text, provider: 'cohere', retryable: false })
      expect(error.issues).toMatchObject([{ path: ['author'] }])
      expect(error.partial?.content).toBe(text)
      expect(error.partial?.usage.outputTokens).toBeGreaterThan(0)
    }
  })

  test('because it was cut is told apart', async () => {
    const { model } = setUp([{ text: '{"title":"Du', cohere: { finishReason: 'MAX_TOKENS' } }])
    const librarian = structured(model, book, { repair: { attempts: 3 } })
    expect(await failureOf(librarian.call('?'))).toMatchObject({ code: 'truncated', raw: '{"title":"Du' })
    expect(await failureOf(librarian.stream('?').response())).toMatchObject({ code: 'truncated' })
  })

  test('because the model calls a tool that there is not is told apart', async () => {
    const { model } = setUp([{ toolCalls: [{ name: 'other', arguments: {} }] }])
    const error = await failureOf(structured(model, book, { mode: 'tool' }).call('?'))
    expect(error).toMatchObject({ code: 'output_validation', message: expect.stringContaining('calls other') })
  })

  test('is corrected as often as is allowed, and all attempts count', async () => {
    const { model, simulator } = setUp([
      { times: 1, text: 'Dune!' },
      { times: 1, text: '{"title":"Dune"}' },
      { text: json },
    ])
    const response = await structured(model, book, { repair: { attempts: 2 } }).call('A book?')
    expect(response.output).toEqual(dune)
    const failed = failedAttempts(response)
    expect(failed.map(({ error }) => [error.code, error.raw])).toEqual([
      ['output_validation', 'Dune!'],
      ['output_validation', '{"title":"Dune"}'],
    ])
    const { messages = [] } = (simulator.requests[2]?.body ?? {}) as { messages?: { role: string; content: unknown }[] }
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user'])
    expect(messages[2]?.content).toContain('there is no JSON object')
    expect(messages[4]?.content).toContain('author')
    const alone = await structured(model, book).call('A book?')
    expect(response.cost?.nanoUsd).toBeGreaterThan(2 * (alone.cost?.nanoUsd ?? Infinity))
    expect(response.usage.outputTokens).toBeGreaterThan(alone.usage.outputTokens ?? Infinity)
  })

  test('in a stream is corrected after its end, and the last partial is the correction', async () => {
    const { model } = setUp([{ times: 1, text: '{"title":"Dune"}' }, { text: json }])
    const stream = structured(model, book, { repair: { attempts: 1 } }).stream('A book?')
    const seen: unknown[] = []
    for await (const partial of stream.partials()) seen.push(partial)
    expect(seen).toContainEqual({ title: 'Dune' })
    expect(seen.at(-1)).toEqual(dune)
    const response = await stream.response()
    expect(response.output).toEqual(dune)
    expect(failedAttempts(response)).toHaveLength(1)
  })

  test('in the end is the last error, which tells of all', async () => {
    const { model, simulator } = setUp([{ text: 'no' }])
    const error = await failureOf(structured(model, book, { repair: { attempts: 2 } }).call('A book?'))
    expect(error.code).toBe('output_validation')
    expect(failedAttempts(error)).toHaveLength(2)
    expect(simulator.requests).toHaveLength(3)
  })

  test('is not there before the stream ends, and says so', () => {
    const { model } = setUp()
    const stream = structured(model, book).stream('?')
    expect(() => stream.partial.output).toThrow(/not complete/)
  })
})

describe('strict tools', () => {
  test('hold the tool of an output to its schema, beside those of the caller', async () => {
    const { simulator, model } = setUp([{ toolCalls: [{ name: 'output', arguments: dune }] }])
    const librarian = structured(model, book, { mode: 'tool' })
    const { output, warnings } = await librarian.call('A book?', { strictTools: true, tools: [lookUp('search')] })
    expect(output).toEqual(dune)
    expect(warnings).toEqual([])
    expect(simulator.requests[0]?.body).toMatchObject({
      strict_tools: true,
      tools: [
        { function: { name: 'search' } },
        { function: { name: 'output', parameters: { required: ['title', 'author'] } } },
      ],
    })
  })
})

import type { CohereStreamEvent } from '@interlingua/cohere'
import type { Message, ToolDefinition } from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { fetchOf, streamText } from './wire-bytes.ts'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const weather: ToolDefinition = {
    name: 'get-weather',
    description: 'Tells the weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  }
  const clock: ToolDefinition = { name: 'clock', parameters: { type: 'object', properties: {} } }

  /** The body that a call sends, whatever the answer. */
  async function sent(options: object, prompt: string | Message[] = 'Hi'): Promise<Record<string, unknown>> {
    const bodies: Record<string, unknown>[] = []
    const fetch: typeof globalThis.fetch = async (_, init) => {
      bodies.push(typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {})
      return Response.json({ id: 'x', finish_reason: 'COMPLETE', message: { role: 'assistant', content: [] } })
    }
    await createCohere({ apiKey: 'key', fetch })('command-a-03-2025').call(prompt, {
      tools: [weather, clock],
      ...options,
    })
    return bodies[0] ?? {}
  }

  /** A stream in which the model calls a tool, its arguments in these pieces. */
  function calling(name: string, pieces: readonly string[]): string {
    const events: CohereStreamEvent[] = [
      {
        type: 'tool-call-start',
        index: 0,
        delta: { message: { tool_calls: { id: 'call_1', type: 'function', function: { name, arguments: '' } } } },
      },
      ...pieces.map((text): CohereStreamEvent => ({
        type: 'tool-call-delta',
        index: 0,
        delta: { message: { tool_calls: { function: { arguments: text } } } },
      })),
      { type: 'tool-call-end', index: 0 },
      { type: 'message-end', delta: { finish_reason: 'TOOL_CALL', usage: {} } },
    ]
    return streamText(events)
  }

  const streamOf = (name: string, pieces: readonly string[], options: object = {}) =>
    createCohere({ apiKey: 'key', fetch: fetchOf(calling(name, pieces)) })('command-a-03-2025').stream('Hi', {
      tools: [weather, clock],
      ...options,
    })

  describe('what is sent', () => {
    test('tools by names that Cohere takes, with their schemas as they are', async () => {
      expect(await sent({})).toMatchObject({
        tools: [
          {
            type: 'function',
            function: { name: 'get_weather', description: 'Tells the weather', parameters: weather.parameters },
          },
          { type: 'function', function: { name: 'clock', parameters: clock.parameters } },
        ],
      })
    })

    // https://docs.cohere.com/docs/tool-use-overview: REQUIRED and NONE, and nothing for auto.
    test.each([
      ['auto', undefined],
      ['required', 'REQUIRED'],
      ['none', 'NONE'],
    ])('the choice %s', async (toolChoice, expected) => {
      expect((await sent({ toolChoice }))['tool_choice']).toBe(expected)
    })

    test('one named tool: it alone is offered, and must be used', async () => {
      const body = await sent({ toolChoice: { name: 'clock' } })
      expect(body['tool_choice']).toBe('REQUIRED')
      expect(body['tools']).toMatchObject([{ function: { name: 'clock' } }])
    })

    test('a choice of a tool that is not there is told, or refused', async () => {
      await expect(sent({ toolChoice: { name: 'radio' }, onUnsupported: 'error' })).rejects.toMatchObject({
        code: 'unsupported',
        field: 'toolChoice',
        message: expect.stringContaining('"radio"'),
      })
      expect((await sent({ toolChoice: { name: 'radio' } }))['tools']).toHaveLength(2)
    })

    test('strict tools, unless Cohere would refuse them', async () => {
      expect(await sent({ tools: [weather], strictTools: true })).toMatchObject({ strict_tools: true })
      // Every tool needs a required parameter: https://docs.cohere.com/docs/structured-outputs.
      expect(await sent({ strictTools: true })).not.toHaveProperty('strict_tools')
      await expect(sent({ strictTools: true, onUnsupported: 'error' })).rejects.toMatchObject({ field: 'strictTools' })
    })

    test('strict tools whose parameters are all optional: one is required, and may be null', async () => {
      const optional = { type: 'object', properties: { city: { type: 'string' }, unit: { type: 'string' } } }
      const tools = [{ ...weather, parameters: optional }]
      expect(await sent({ tools, strictTools: true, onUnsupported: 'error' })).toMatchObject({
        strict_tools: true,
        tools: [
          {
            function: {
              parameters: {
                properties: { city: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
                required: ['city'],
              },
            },
          },
        ],
      })
      const stream = streamOf('get_weather', ['{"city":null,"unit":"C"}'], { tools, strictTools: true })
      const { toolCalls } = await stream.response()
      expect(toolCalls).toMatchObject([{ args: { unit: 'C' }, raw: '{"city":null,"unit":"C"}' }])
      expect(toolCalls[0]).not.toHaveProperty('error')
      expect(toolCalls[0]?.args).not.toHaveProperty('city')
    })

    test.each([
      [200, true],
      [201, undefined],
    ])('strict tools with %i fields, most of them nested', async (count, expected) => {
      const names = Array.from({ length: count - 2 }, (_, index) => `f${index}`)
      const inner = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) }
      const list = { type: 'array', items: { ...inner, required: ['f0'] } }
      const deep = { type: 'object', properties: { city: { type: 'string' }, list }, required: ['city'] }
      const body = await sent({ tools: [{ ...weather, parameters: deep }], strictTools: true })
      expect(body['strict_tools']).toBe(expected)
    })

    test('alternatives cannot be strict: Cohere wants one object', async () => {
      const either = { anyOf: [weather.parameters, { type: 'object', properties: { at: { type: 'string' } } }] }
      const body = await sent({ tools: [{ ...weather, parameters: either }], strictTools: true })
      expect(body).not.toHaveProperty('strict_tools')
      expect(body['tools']).toMatchObject([{ function: { parameters: either } }])
    })

    test('names that would fall together stay apart', async () => {
      const names = ['get-weather', 'get.weather', 'get_weather', '2nd']
      const body = await sent({ tools: names.map((name) => ({ name, parameters: clock.parameters })) })
      expect(body['tools']).toMatchObject(
        ['get_weather', 'get_weather_2', 'get_weather_3', '_2nd'].map((name) => ({ function: { name } })),
      )
    })

    test('a history says the same names whichever tool is offered', async () => {
      const tools = ['get-weather', 'get.weather'].map((name) => ({ name, parameters: clock.parameters }))
      const call = { id: 'a', name: 'get.weather', args: {}, raw: '{}' }
      const prompt: Message[] = [{ role: 'assistant', content: '', toolCalls: [call] }]
      for (const toolChoice of ['auto', { name: 'get.weather' }, { name: 'get-weather' }]) {
        const body = await sent({ tools, toolChoice }, prompt)
        expect(body['messages']).toMatchObject([{ tool_calls: [{ function: { name: 'get_weather_2' } }] }])
      }
      expect((await sent({ tools, toolChoice: { name: 'get.weather' } }, prompt))['tools']).toMatchObject([
        { function: { name: 'get_weather_2' } },
      ])
    })
  })

  describe('what comes back', () => {
    test('the caller’s name of the tool, in the chunk, the tool and the response', async () => {
      const stream = streamOf('get_weather', ['{"city":"Paris"}'])
      const names: unknown[] = []
      for await (const [chunk, tool] of stream) {
        for (const delta of chunk.deltas) if (delta.type === 'tool-call-start') names.push(delta.name)
        if (tool) names.push(tool.name)
      }
      const response = await stream.response()
      expect(names).toEqual(['get-weather', 'get-weather'])
      expect(response.toolCalls).toEqual([
        { id: 'call_1', name: 'get-weather', args: { city: 'Paris' }, raw: '{"city":"Paris"}' },
      ])
    })

    test('partial tools, whose arguments grow', async () => {
      const seen: unknown[] = []
      for await (const [, tool] of streamOf('get_weather', ['{"ci', 'ty":"Pa', 'ris"}'], { partialTools: true })) {
        if (tool) seen.push([tool.delta, structuredClone(tool.args)])
      }
      expect(seen).toEqual([
        ['', {}],
        ['{"ci', {}],
        ['ty":"Pa', { city: 'Pa' }],
        ['ris"}', { city: 'Paris' }],
        [undefined, { city: 'Paris' }],
      ])
    })

    test('without partialTools a tool comes once, when it is complete', async () => {
      const seen: unknown[] = []
      for await (const [, tool] of streamOf('get_weather', ['{"city"', ':"Paris"}'])) if (tool) seen.push(tool.args)
      expect(seen).toEqual([{ city: 'Paris' }])
    })

    test('arguments that are not JSON are kept, told, and do not end the stream', async () => {
      const response = await streamOf('get_weather', ['{"city": Paris']).response()
      expect(response.finishReason.unified).toBe('tool_calls')
      expect(response.toolCalls).toMatchObject([
        {
          raw: '{"city": Paris',
          args: undefined,
          error: { code: 'invalid_json', message: expect.stringContaining('get-weather') },
        },
      ])
    })

    test('arguments that do not fit the schema are told with the place', async () => {
      const response = await streamOf('get_weather', ['{"city":7}']).response()
      expect(response.toolCalls).toMatchObject([
        { args: { city: 7 }, error: { code: 'invalid_arguments', issues: [{ path: ['city'] }] } },
      ])
    })

    test('null for an optional argument is none, and a schema that cannot be followed says nothing', async () => {
      const optional = { type: 'object', properties: { city: { type: 'string' }, unit: { type: 'string' } } }
      const elsewhere = { type: 'object', properties: { city: { $ref: 'https://example.com/city.json' } } }
      for (const [parameters, args] of [
        [optional, { city: 'Paris' }],
        [elsewhere, { city: 'Paris', unit: null }],
      ] as const) {
        const stream = streamOf('get_weather', ['{"city":"Paris","unit":null}'], {
          tools: [{ ...weather, parameters }],
        })
        const { toolCalls } = await stream.response()
        expect(toolCalls).toEqual([{ id: 'call_1', name: 'get-weather', args, raw: '{"city":"Paris","unit":null}' }])
      }
    })

    test('a tool that was not offered is told with those that were', async () => {
      const response = await streamOf('radio', ['{}']).response()
      expect(response.toolCalls).toMatchObject([
        { name: 'radio', error: { code: 'unknown_tool', message: expect.stringContaining('get-weather, clock') } },
      ])
    })
  })

  test('a whole round: the call, the result, and an answer that rests on it', async () => {
    const model = createCohere({ apiKey: 'key', fetch: createSimulator().fetch })('command-a-03-2025')
    const question = { role: 'user', content: 'What is the weather in Paris?' } as const
    const first = await model.call([question], { tools: [weather], toolChoice: 'required' })
    expect(first.finishReason.unified).toBe('tool_calls')
    expect(first.message.plan).not.toBe('')
    const [call] = first.toolCalls
    expect(call).toMatchObject({ name: 'get-weather', args: { city: 'Paris' } })
    const second = await model.call(
      [
        question,
        first.message,
        {
          role: 'tool',
          toolCallId: call?.id ?? '',
          content: [{ type: 'document', data: { report: 'Rain and 12 degrees in Paris.' } }],
        },
      ],
      { tools: [weather] },
    )
    expect(second.content).toContain('Rain')
    expect(second.citations).not.toHaveLength(0)
    for (const { start, end, text, sources, verified } of second.citations) {
      expect(second.content.slice(start, end)).toBe(text)
      expect(verified).toBe(true)
      expect(sources).toMatchObject([{ type: 'tool' }])
    }
  })
})

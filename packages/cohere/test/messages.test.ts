import type { DocumentPart, Message } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { encodeOver } from './encoded.ts'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const encoded = encodeOver(createCohere)
  const hi = { role: 'user', content: 'Hi' } as const

  describe('system messages', () => {
    test('several at the beginning become one', async () => {
      const { messages, warnings } = (await encoded([
        { role: 'system', content: 'Be brief.' },
        { role: 'system', content: [{ type: 'text', text: 'Be kind.' }] },
        hi,
      ])) as { messages?: unknown; warnings: unknown }
      const content = [
        { type: 'text', text: 'Be brief.' },
        { type: 'text', text: 'Be kind.' },
      ]
      expect(messages).toEqual([{ role: 'system', content }, hi])
      expect(warnings).toEqual([])
    })

    test('one from further down moves up, and that is told or refused', async () => {
      const late: Message[] = [hi, { role: 'system', content: 'Be brief.' }]
      expect(await encoded(late)).toMatchObject({
        messages: [{ role: 'system', content: 'Be brief.' }, hi],
        warnings: [{ code: 'unsupported', field: 'messages[1]' }],
      })
      expect(await encoded(late, { onUnsupported: 'ignore' })).toMatchObject({ warnings: [] })
      await expect(encoded(late, { onUnsupported: 'error' })).rejects.toMatchObject({
        code: 'unsupported',
        field: 'messages[1]',
      })
    })
  })

  test('images by address and as bytes', async () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256)
    const { messages } = (await encoded([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', url: 'https://example.com/cat.png', detail: 'low' },
          { type: 'image', data: bytes, mediaType: 'image/png' },
        ],
      },
    ])) as { messages?: unknown }
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'https://example.com/cat.png', detail: 'low' } },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${Buffer.from(bytes).toString('base64')}` } },
        ],
      },
    ])
  })

  test('tool results as text, and as documents that can be cited', async () => {
    const { messages } = (await encoded([
      hi,
      {
        role: 'assistant',
        content: '',
        plan: 'Look.',
        toolCalls: ['a', 'b'].map((id) => ({ id, name: 'look-up', args: {}, raw: '{}' })),
      },
      { role: 'tool', toolCallId: 'a', content: 'Rain' },
      {
        role: 'tool',
        toolCallId: 'b',
        content: [
          { type: 'text', text: 'See' },
          { type: 'document', id: 'one', data: { snippet: 'Rain' } },
          { type: 'document', data: 'Sun' },
        ],
      },
    ])) as { messages?: unknown }
    expect(messages).toEqual([
      hi,
      {
        role: 'assistant',
        tool_plan: 'Look.',
        tool_calls: ['a', 'b'].map((id) => ({ id, type: 'function', function: { name: 'look_up', arguments: '{}' } })),
      },
      { role: 'tool', tool_call_id: 'a', content: 'Rain' },
      {
        role: 'tool',
        tool_call_id: 'b',
        content: [
          { type: 'text', text: 'See' },
          { type: 'document', document: { id: 'one', data: { snippet: 'Rain' } } },
          { type: 'document', document: { data: 'Sun' } },
        ],
      },
    ])
  })

  test('an assistant that said nothing is sent as Cohere begins a message, with an empty list', async () => {
    // Every recorded `message-start` has `content: []`; a message without any field is documented nowhere.
    const nothing: Message[] = [
      { role: 'assistant', content: '' },
      { role: 'assistant', content: [], toolCalls: [] },
    ]
    const { messages } = (await encoded([hi, ...nothing, hi])) as { messages?: unknown }
    expect(messages).toEqual([
      hi,
      { role: 'assistant', content: [] },
      { role: 'assistant', content: [], tool_calls: [] },
      hi,
    ])
  })

  describe('the form of the answer', () => {
    const jsonSchema = {
      type: 'object',
      properties: { title: { type: 'string', minLength: 3 } },
      required: ['title'],
    }
    const responseFormat = { type: 'json_object', jsonSchema } as const
    const tools = [{ name: 'now', parameters: { type: 'object', properties: {} } }]

    test('a schema that Cohere understands goes as it is', async () => {
      const plain = { ...jsonSchema, properties: { title: { type: 'string' } } }
      expect(await encoded([hi], { responseFormat: { type: 'json_object', jsonSchema: plain } })).toMatchObject({
        response_format: { type: 'json_object', json_schema: plain },
      })
    })

    test('what Cohere does not understand of it is left out, told, and checked in the answer', async () => {
      const answer = (content: string) => async () =>
        Response.json({
          id: 'x',
          finish_reason: 'COMPLETE',
          message: { role: 'assistant', content: [{ type: 'text', text: content }] },
        })
      const ask = (content: string) =>
        createCohere({ apiKey: 'key', fetch: answer(content) })('command-a-03-2025').call('As JSON', { responseFormat })
      const good = await ask('{"title":"Dune"}')
      expect(good.request?.body).not.toHaveProperty('response_format.json_schema.properties.title.minLength')
      expect(good.warnings).toMatchObject([{ code: 'unsupported', field: 'responseFormat.jsonSchema' }])
      expect((await ask('{"title":"It"}')).warnings).toMatchObject([{}, { code: 'malformed', field: 'title' }])
      expect((await ask('Dune')).warnings).toMatchObject([
        {},
        { code: 'malformed', message: expect.stringContaining('not JSON') },
      ])
    })

    test('a schema that says the same in other words for Cohere is no loss, and none is told', async () => {
      // As zod 4 writes a schema of an object.
      const schema = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        ...jsonSchema,
        properties: { title: { type: 'string' } },
        additionalProperties: false,
      }
      const { warnings } = await encoded([hi], { responseFormat: { type: 'json_object', jsonSchema: schema } })
      expect(warnings).toEqual([])
    })

    test('an answer is checked in terms of the schema that was given, whatever Cohere was sent', async () => {
      const list = {
        type: 'array',
        items: { $ref: '#/$defs/book' },
        $defs: { book: { type: 'object', properties: { title: { type: 'string' }, note: { type: 'string' } } } },
      }
      const ask = async (content: string) => {
        const answer = {
          id: 'x',
          finish_reason: 'COMPLETE',
          message: { role: 'assistant', content: [{ type: 'text', text: content }] },
        }
        const model = createCohere({ apiKey: 'key', fetch: async () => Response.json(answer) })('command-a-03-2025')
        const format = { type: 'json_object', jsonSchema: list } as const
        const { json, warnings } = await model.call('As JSON', { responseFormat: format, onUnsupported: 'ignore' })
        return { json, warnings }
      }
      expect(await ask('{"value":[{"title":"Dune","note":null}]}')).toEqual({ json: [{ title: 'Dune' }], warnings: [] })
      expect(await ask('{"value":[{"title":7}]}')).toMatchObject({
        json: [{ title: 7 }],
        warnings: [{ code: 'malformed', field: '0.title' }],
      })
      expect(await ask('Dune')).toMatchObject({ json: undefined, warnings: [{ code: 'malformed' }] })
    })

    test.each([
      ['tools', { tools }],
      ['documents', { documents: ['A fact.'] }],
    ])('together with %s the system message asks for it', async (what, options) => {
      const system = [{ role: 'system', content: 'Be brief.' } as const, hi]
      const body = await encoded(system, { responseFormat, ...options })
      expect(body).not.toHaveProperty('response_format')
      expect(body).toMatchObject({
        messages: [{ role: 'system', content: expect.stringMatching(/^Be brief\.\n\n.*"title"/) }, hi],
        warnings: [{ code: 'unsupported', field: 'responseFormat', message: expect.stringContaining(what) }],
      })
      await expect(encoded([hi], { responseFormat, ...options, onUnsupported: 'error' })).rejects.toMatchObject({
        field: 'responseFormat',
      })
    })

    test('without a schema the prompt has to ask for JSON', async () => {
      const format = { responseFormat: { type: 'json_object' } } as const
      expect(await encoded([{ role: 'user', content: 'Answer as JSON' }], format)).toMatchObject({ warnings: [] })
      expect(await encoded([hi], format)).toMatchObject({
        messages: [{ role: 'system' }, hi],
        response_format: { type: 'json_object' },
        warnings: [{ field: 'responseFormat' }],
      })
    })
  })

  test('safety modes have no effect beside documents, and that is told', async () => {
    expect(await encoded([hi], { safetyMode: 'STRICT', documents: ['A fact.'] })).toMatchObject({
      safety_mode: 'STRICT',
      warnings: [{ field: 'safetyMode' }],
    })
  })

  test('documents go as they are, with ids or without', async () => {
    const documents = ['A fact.', { id: 'one', data: { title: 'A', snippet: 'b' } }, { data: 'Another fact.' }]
    expect(await encoded([hi], { documents })).toMatchObject({ documents })
  })

  // Its fields are Cohere's, and there is no `type` among them: https://docs.cohere.com/reference/chat
  test('a part that is a document is one of them', async () => {
    const part: DocumentPart = { type: 'document', id: 'one', data: { title: 'A' } }
    const body = await encoded([hi], { documents: [part] })
    expect(body['documents']).toEqual([{ id: 'one', data: { title: 'A' } }])
  })

  test('fields that Cohere may add can be sent', async () => {
    expect(await encoded([hi], { extraBody: { brand_new: true } })).toMatchObject({ brand_new: true })
  })
})

import type { AssistantMessage, Message, ToolCall } from '@interlingua/core'
import { createOpenAI, type DialectName, type WireChatCompletion, type WireDelta } from '@interlingua/openai'
import { describe, expect, test } from 'vitest'
import { recorded, type Recording, recordings } from './recording.ts'
import { sent } from './sent.ts'
import { fetchOf } from './wire-bytes.ts'

/** What a response's message becomes in the next request to a server. */
async function sentBack(
  message: Message,
  dialect: DialectName,
): Promise<{ wire: unknown; fields: readonly unknown[] }> {
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : []
  const results = calls.map(({ id }): Message => ({ role: 'tool', toolCallId: id, content: 'Done' }))
  const { body, fields } = await sent([{ role: 'user', content: 'Hi' }, message, ...results], {}, { dialect })
  return { wire: (body.messages as unknown[])[1], fields }
}

async function replay({ server, request, body }: Recording, isStream: boolean): Promise<AssistantMessage> {
  const type = isStream ? 'text/event-stream' : 'application/json'
  const fetch = fetchOf([body], { headers: { 'content-type': type } })
  const model = createOpenAI({ apiKey: 'key', dialect: server, fetch })(request.model)
  const response = isStream ? await model.stream('Hi').response() : await model.call('Hi')
  return response.message
}

const answers = [
  ...recordings('sse').map((recording) => ({ recording, isStream: true })),
  ...recordings('json')
    .filter(({ status }) => status === 200)
    .map((recording) => ({ recording, isStream: false })),
]

describe.skipIf(!recorded)('law 6, same history: what a server said goes back to it', () => {
  test.each(answers.filter(({ isStream }) => !isStream).map((each) => [each.recording.name, each] as const))(
    '%s: as it came',
    async (_, { recording, isStream }) => {
      const answer = JSON.parse(new TextDecoder().decode(recording.body)) as WireChatCompletion
      const said: WireDelta = answer.choices[0]?.message ?? {}
      const { wire, fields } = await sentBack(await replay(recording, isStream), recording.server)
      expect(fields).toEqual([])
      const back = wire as WireDelta
      // What is null or empty says nothing, and numbers that only a stream needs are no part of a message.
      const calls = said.tool_calls?.map(({ index: _index, ...call }) => call)
      expect(back.content ?? '').toEqual(said.content ?? '')
      expect(back.tool_calls ?? []).toEqual(calls ?? [])
      if (said.refusal) expect(back.refusal).toBe(said.refusal)
      if (['deepseek', 'llamacpp'].includes(recording.server)) {
        expect(back.reasoning_content ?? '').toBe(said.reasoning_content ?? '')
      }
      if (recording.server === 'openrouter') {
        expect(back.reasoning ?? '').toBe(said.reasoning ?? '')
        expect(back.reasoning_details ?? []).toEqual(said.reasoning_details ?? [])
      }
    },
  )

  // What the recording client sent back itself, of turns whose calls have ids: those tell the answer that it came from.
  const turns = answers.flatMap(({ recording }) =>
    recording.request.messages
      .filter((message) => Array.isArray(message['tool_calls']) && message['tool_calls'].length > 0)
      .map((theirs, index) => ({ name: recording.name, index, theirs, server: recording.server })),
  )
  const idsOf = (message: { readonly [name: string]: unknown }): string[] =>
    (message['tool_calls'] as { id: string }[]).map(({ id }) => id)
  const seriesOf = (name: string): string => name.replace(/\.\d+\.meta\.json$/, '')
  const origins = answers.flatMap(({ recording, isStream }) => {
    const text = new TextDecoder().decode(recording.body)
    return turns
      .filter(({ name, theirs }) => {
        return (
          name !== recording.name &&
          seriesOf(name) === seriesOf(recording.name) &&
          idsOf(theirs).every((id) => text.includes(id))
        )
      })
      .map((turn) => ({ turn, recording, isStream }))
  })

  test('there are turns to compare', () => expect(origins.length).toBeGreaterThan(20))

  test.each(origins.map((origin) => [origin.turn.name, origin.turn.index, origin] as const))(
    '%s, message %i: with the calls that its client sent back',
    async (_, __, { turn: { theirs }, recording, isStream }) => {
      const { wire } = await sentBack(await replay(recording, isStream), recording.server)
      const ours = wire as { tool_calls: { id: string; function: { name: string; arguments: string } }[] }
      const plain = (calls: unknown): unknown =>
        (calls as typeof ours.tool_calls).map(({ id, function: called }) => ({
          id,
          name: called.name,
          args: JSON.parse(called.arguments) as unknown,
        }))
      expect(plain(ours.tool_calls)).toEqual(plain(theirs['tool_calls']))
    },
  )

  test('signed thoughts that came in pieces go back in one', async () => {
    const signed = answers.filter(({ recording }) => {
      return recording.server === 'openrouter' && new TextDecoder().decode(recording.body).includes('"signature"')
    })
    expect(signed.length).toBeGreaterThan(0)
    for (const { recording, isStream } of signed) {
      const message = await replay(recording, isStream)
      const { wire } = await sentBack(message, 'openrouter')
      const [detail] = (wire as WireDelta).reasoning_details ?? []
      const thoughts =
        typeof message.content === 'string' ? '' : message.content.find(({ type }) => type === 'thinking')
      expect(detail).toMatchObject({ type: 'reasoning.text', text: (thoughts as { text: string }).text })
      expect(detail).toHaveProperty('signature')
    }
  })
})

describe('what another provider said', () => {
  const call: ToolCall = { id: 'get_weather_62tz5crj5aze', name: 'weather', args: {}, raw: '{}' }
  const foreign: AssistantMessage = {
    role: 'assistant',
    provider: 'cohere',
    content: [
      { type: 'thinking', text: 'Hm.' },
      { type: 'text', text: 'Yes.' },
    ],
    plan: 'I will look.',
    toolCalls: [call],
    citations: [{ start: 0, end: 3, text: 'Yes', sources: [] }],
    providerFields: { cohere: { secret: 1 } },
  }

  test('is said in the nearest way, and every loss is told with its place', async () => {
    const { wire, fields } = await sentBack(foreign, 'openai')
    expect(wire).toEqual({
      role: 'assistant',
      content: [
        { type: 'text', text: 'I will look.' },
        { type: 'text', text: 'Yes.' },
      ],
      tool_calls: [{ id: call.id, type: 'function', function: { name: 'weather', arguments: '{}' } }],
    })
    expect(fields).toEqual(['messages[1].content[0]', 'messages[1].plan', 'messages[1].citations'])
  })

  test('keeps its thoughts where there is a place for them', async () => {
    expect((await sentBack(foreign, 'deepseek')).wire).toMatchObject({ reasoning_content: 'Hm.' })
    expect((await sentBack(foreign, 'mistral')).wire).toMatchObject({
      content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }, {}, {}],
    })
  })

  test('has ids that the server takes, the same ones each time', async () => {
    const ids = async (): Promise<unknown> => {
      const result: Message = { role: 'tool', toolCallId: call.id, content: 'Rain' }
      const { body } = await sent([{ role: 'user', content: 'Hi' }, foreign, result], {}, { dialect: 'mistral' })
      const [, said, told] = body.messages as { tool_calls?: { id: string }[]; tool_call_id?: string }[]
      expect(said?.tool_calls?.[0]?.id).toMatch(/^[a-zA-Z0-9]{9}$/)
      expect(told?.tool_call_id).toBe(said?.tool_calls?.[0]?.id)
      return told?.tool_call_id
    }
    expect(await ids()).toBe(await ids())
  })

  test('stays itself, so that it can go home', async () => {
    const before = structuredClone(foreign)
    for (const dialect of ['openai', 'mistral', 'deepseek'] as const) await sentBack(foreign, dialect)
    expect(foreign).toEqual(before)
  })
})

describe('a conversation that was cut', () => {
  test('gets a result for a call that has none, and says a result without a call as the user', async () => {
    const { body, fields } = await sent([
      { role: 'tool', toolCallId: 'lost', content: 'Rain' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'f', args: {}, raw: '{}' }] },
      { role: 'user', content: 'And?' },
    ])
    expect(body.messages).toMatchObject([
      { role: 'user', content: expect.stringContaining('Rain') },
      { role: 'assistant', tool_calls: [{ id: 'a' }] },
      { role: 'tool', tool_call_id: 'a' },
      { role: 'user', content: 'And?' },
    ])
    expect(fields).toEqual(['messages[0]', 'messages[1].toolCalls[0]'])
  })

  test('says in words what a server cannot be shown', async () => {
    const image = { type: 'image', data: new Uint8Array([1]), mediaType: 'image/png' } as const
    const prompt: Message[] = [{ role: 'user', content: [image, { type: 'text', text: 'What is it?' }] }]
    const { body, fields } = await sent(prompt, {}, { dialect: 'deepseek' })
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: '[image: image/png]' },
          { type: 'text', text: 'What is it?' },
        ],
      },
    ])
    expect(fields).toEqual(['messages[0].content[0]'])
    await expect(sent(prompt, { onUnsupported: 'error' }, { dialect: 'deepseek' })).rejects.toMatchObject({
      code: 'unsupported',
      field: 'messages[0].content[0]',
    })
  })
})

import { isDeepStrictEqual } from 'node:util'
import type {
  CohereCallResponse,
  CohereStreamEvent,
  WireAssistantMessage,
  WireResponse,
  WireToolCall,
} from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { recorded, type Recording, recordings } from './recording.ts'
import { transports } from './transport.ts'
import { fetchOf } from './wire-bytes.ts'

type Message = Partial<WireAssistantMessage>
type Field = 'content' | 'tool_plan' | 'tool_calls' | 'citations'

const chat = 'api.cohere.com/v2/chat'
const fields: readonly Field[] = ['content', 'tool_plan', 'tool_calls', 'citations']

/** An answer, and the message in it as its bytes have it. */
interface Answered {
  readonly recording: Recording
  readonly isStream: boolean
  readonly message: Message
}

const answers: readonly Answered[] = [
  ...recordings(chat, 'json')
    .filter(({ status }) => status === 200)
    .map((recording) => {
      const { message } = JSON.parse(textOf(recording)) as WireResponse
      return { recording, isStream: false, message: meaningful(message) }
    }),
  ...recordings(chat, 'sse').map((recording) => {
    return { recording, isStream: true, message: meaningful(addUp(textOf(recording))) }
  }),
]

function textOf({ body }: Recording): string {
  return new TextDecoder().decode(body)
}

/** The message that a stream brings, added up by hand. */
function addUp(body: string): Message {
  const content: { type: string; text?: string; thinking?: string }[] = []
  const calls: WireToolCall[] = []
  const message = { role: 'assistant' as const, content: [], tool_plan: '', tool_calls: calls, citations: [] }
  const whole: { tool_plan: string; citations: unknown[] } = message
  for (const [, text = ''] of body.matchAll(/^data: (\{.*)$/gm)) {
    const event = JSON.parse(text) as CohereStreamEvent
    if (event.type === 'content-start') {
      content.push({ ...event.delta.message.content })
    } else if (event.type === 'content-delta') {
      const [part, piece] = [content.at(-1) ?? { type: '' }, event.delta.message.content]
      if (piece.text !== undefined) part.text = `${part.text ?? ''}${piece.text}`
      if (piece.thinking !== undefined) part.thinking = `${part.thinking ?? ''}${piece.thinking}`
    } else if (event.type === 'tool-plan-delta') {
      whole.tool_plan += event.delta.message.tool_plan
    } else if (event.type === 'tool-call-start') {
      calls.push(structuredClone(event.delta.message.tool_calls))
    } else if (event.type === 'tool-call-delta') {
      const call = calls.at(-1)
      if (call) call.function.arguments += event.delta.message.tool_calls.function.arguments
    } else if (event.type === 'citation-start') {
      whole.citations.push(event.delta.message.citations)
    }
  }
  return Object.assign(message, { content })
}

/** Fields that say nothing are as good as missing: Cohere takes both, and recorded requests have both. */
function meaningful(message: object): Message {
  const says = (value: unknown): boolean =>
    value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(message).filter(([, value]) => says(value)))
}

/** The text of a content, however it is written. */
function plainText(content: Message['content'] = ''): string {
  if (typeof content === 'string') return content
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

/** Tool calls with their arguments parsed: what is left out are the spaces between them. */
function parsed(calls: Message['tool_calls'] = []): unknown {
  return calls.map((call) => ({ ...call, function: [call.function.name, JSON.parse(call.function.arguments)] }))
}

const dropped = (_: Message, theirs: Message, field: Field): void => expect(theirs).not.toHaveProperty(field)

/**
 * The clients that were recorded did not send answers back as they came. What each of them does to which field: whatever
 * else differs is our mistake.
 */
const changes: Readonly<Record<string, Partial<Record<Field, typeof dropped>>>> = {
  // It parses the arguments and writes them again, with spaces, and sends the text of an answer alone.
  langchain: {
    content: (ours, theirs) => expect(theirs.content).toBe(plainText(ours.content)),
    tool_calls: (ours, theirs) => expect(parsed(theirs.tool_calls)).toEqual(parsed(ours.tool_calls)),
    citations: dropped,
  },
  pydantic: { tool_plan: dropped },
  openllmetry: { tool_plan: dropped },
}

/** Messages of recorded requests that no recorded answer brought: they were made up, or came from another provider. */
const unanswered = [
  'cohere/langchain/test_tool_calling_agent_magic_function.0.meta.json',
  'cohere/pydantic/test_cohere__test_cohere_model_thinking_part.1.meta.json',
]

/** Every assistant message of every recorded request, with the answer that had brought it. */
const turns = answers.flatMap(({ recording: { name, request } }) => {
  const messages = (request.messages as WireAssistantMessage[]).filter(({ role }) => role === 'assistant')
  return messages.map((message, index) => {
    const theirs = meaningful(message)
    const origin = answers
      .filter((before) => isEarlier(before.recording.name, name))
      .find((before) => isSame(before.message, theirs))
    return { name, index, theirs, origin }
  })
})

function isEarlier(name: string, than: string): boolean {
  const [[series, number], [other, limit]] = [name, than].map((one) => [
    one.replace(/\.\d+\.meta\.json$/, ''),
    Number(/\.(\d+)\.meta/.exec(one)?.[1]),
  ]) as [[string, number], [string, number]]
  return series === other && number < limit
}

/** Calls are recognised by their ids, which are unique; an answer without calls by its text. */
function isSame(one: Message, other: Message): boolean {
  const ids = ({ tool_calls: calls = [] }: Message): readonly string[] => calls.map(({ id }) => id)
  return (
    isDeepStrictEqual(ids(one), ids(other)) &&
    (ids(one).length > 0 || plainText(one.content) === plainText(other.content))
  )
}

describe.skipIf(!recorded)('the recorded conversations', () => {
  test('are traced to the answers in them, streamed and not', () => {
    expect(turns.filter(({ origin }) => !origin).map(({ name }) => name)).toEqual(unanswered)
    expect(turns.filter(({ origin }) => origin?.isStream).length).toBeGreaterThan(10)
    expect(turns.filter(({ origin }) => origin && !origin.isStream).length).toBeGreaterThan(20)
    const clients = turns.flatMap(({ name, origin }) => (origin ? clientOf(name) : []))
    expect([...new Set(clients)].toSorted()).toEqual(Object.keys(changes).toSorted())
  })
})

/** The project whose tests were recorded. */
function clientOf(name: string): string {
  return name.split('/')[1]?.replace('-history', '') ?? ''
}

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  async function replay({ recording: { model, body, headers }, isStream }: Answered): Promise<CohereCallResponse> {
    const { 'content-encoding': _, ...plain } = headers
    const cohere = createCohere({ apiKey: 'key', fetch: fetchOf([body], { headers: plain }) })(model)
    if (!isStream) return cohere.call('Hi')
    const stream = cohere.stream('Hi')
    // A stream that failed has a message as well, as far as it came.
    return stream.response().catch(() => stream.partial)
  }

  /** What a response's message becomes in the next request. */
  async function sentBack(response: CohereCallResponse): Promise<WireAssistantMessage | undefined> {
    let sent: { messages: WireAssistantMessage[] } | undefined
    const fetch: typeof globalThis.fetch = async (_, init) => {
      sent = typeof init?.body === 'string' ? (JSON.parse(init.body) as typeof sent) : undefined
      return Response.json({ id: 'x', finish_reason: 'COMPLETE', message: { role: 'assistant' } })
    }
    await createCohere({ apiKey: 'key', fetch })('any').call([response.message])
    return sent?.messages[0]
  }

  describe.skipIf(!recorded)('law 6, same history: a recorded answer goes back as it came', () => {
    test.each(answers.map((answer) => [answer.recording.name, answer] as const))('%s', async (_, answer) => {
      expect(await sentBack(await replay(answer))).toEqual(answer.message)
    })
  })

  describe.skipIf(!recorded)('a recorded request has our message, but for what its client changed', () => {
    const traced = turns.flatMap(({ name, index, theirs, origin }) =>
      origin ? [[name, index, theirs, origin] as const] : [],
    )
    test.each(traced)('%s, message %i', async (name, _, theirs, origin) => {
      const ours: Message = (await sentBack(await replay(origin))) ?? {}
      const byClient = changes[clientOf(name)] ?? {}
      const differing = fields.filter((field) => !isDeepStrictEqual(ours[field], theirs[field]))
      expect(differing).toEqual(fields.filter((field) => field in byClient && field in ours))
      for (const field of differing) byClient[field]?.(ours, theirs, field)
    })
  })
})

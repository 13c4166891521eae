import { isDeepStrictEqual } from 'node:util'
import {
  type CohereCallResponse,
  createCohere,
  type WireAssistantMessage,
  type WireResponse,
} from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { recorded, type Recording, recordings } from './recording.ts'
import { fetchOf } from './wire-bytes.ts'

const chat = 'api.cohere.com/v2/chat'
const answered = (kind: 'sse' | 'json') => recordings(chat, kind).filter(({ status }) => status === 200)

async function replay({ model, body, headers }: Recording, kind: 'sse' | 'json'): Promise<CohereCallResponse> {
  const { 'content-encoding': _, ...plain } = headers
  const cohere = createCohere({ apiKey: 'key', fetch: fetchOf([body], { headers: plain }) })(model)
  if (kind === 'json') return cohere.call('Hi')
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

/** Fields that say nothing are as good as missing: Cohere takes both, and recorded requests have both. */
function meaningful(message: object): object {
  const says = (value: unknown): boolean =>
    value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(message).filter(([, value]) => says(value)))
}

describe.skipIf(!recorded)('law 6, same history: a recorded answer goes back as it came', () => {
  test.each(answered('json').map((recording) => [recording.name, recording] as const))('%s', async (_, recording) => {
    const { message } = JSON.parse(new TextDecoder().decode(recording.body)) as WireResponse
    expect(await sentBack(await replay(recording, 'json'))).toEqual(meaningful(message))
  })
})

/**
 * The clients that were recorded did not send answers back as they came. What they changed, by field:
 *
 * - `tool_calls`: langchain-cohere parses the arguments and writes them again, with a space after colons and commas
 * - `tool_plan`: pydantic-ai leaves it out, and openllmetry's test too
 * - `content`, `citations`: langchain-cohere sends the text alone
 */
const changedByClients = ['tool_calls', 'tool_plan', 'content', 'citations']

describe.skipIf(!recorded)('recorded conversations', () => {
  const turns = answered('json').flatMap((recording) => {
    const [, name = '', number = ''] = /^(.*)\.(\d+)\.meta\.json$/.exec(recording.name) ?? []
    const next = answered('json').find((other) => other.name === `${name}.${Number(number) + 1}.meta.json`)
    const messages = (next?.request.messages ?? []) as WireAssistantMessage[]
    const last = messages.findLast(({ role }) => role === 'assistant')
    return last ? [[recording.name, recording, last] as const] : []
  })

  test.each(turns)(
    '%s: the next request has our message, but for what the client changed',
    async (_, recording, theirs) => {
      const ours = (await sentBack(await replay(recording, 'json'))) ?? { role: 'assistant' }
      const differing = (['content', 'tool_plan', 'tool_calls', 'citations'] as const).filter(
        (field) => !isDeepStrictEqual(normal(ours[field]), normal(theirs[field])),
      )
      expect(changedByClients).toEqual(expect.arrayContaining(differing))
      // Whatever the client left of a field says the same as ours.
      for (const field of differing) expect(normal(theirs[field])).toBeUndefined()
    },
  )

  test('there are some', () => expect(turns.length).toBeGreaterThan(5))
})

/** A field without the differences that make none: text by itself or in a part, spaces in JSON, null or missing. */
function normal(value: unknown): unknown {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string') return [{ type: 'text', text: value }]
  if (!Array.isArray(value)) return value
  return value.map((item: { function?: { name: string; arguments: string } }) =>
    item.function
      ? { ...item, function: { name: item.function.name, arguments: JSON.parse(item.function.arguments) as unknown } }
      : item,
  )
}

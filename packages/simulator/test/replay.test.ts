import { describe, expect, test } from 'vitest'
import { createSimulator, type Script, type Simulator } from '../src/index.ts'
import { eventsOf, fold, grammar, typesOf, type ChatBody, type Message, type WireEvent } from './client.ts'
import { cohereOptional, cohereUnlike } from './differences.ts'
import { absence, exchanges, present, type Exchange } from './recorded.ts'

// Every recorded request is sent again, once as it is and once with a script that says what the vendor has said.

const all = exchanges()
// Models that were removed after they were recorded are announced as deprecated, as some of the recordings do.
const deprecated = Object.fromEntries(['command', 'command-r', 'command-r-plus'].map((id) => [id, 'September 15 2025']))
const replaced: Readonly<Record<string, string>> = { 'rerank-multilingual-v2.0': 'rerank-multilingual-v3.0' }

function simulator(exchange: Exchange, script?: Script): Simulator {
  const cohere = exchange.status === 404 ? {} : { cohere: { deprecated } }
  return createSimulator({ ...cohere, ...(script && { scripts: [script] }) })
}

async function send(exchange: Exchange, script?: Script): Promise<{ response: Response; body: string }> {
  const { method, path, request, accepts } = exchange
  const model = JSON.stringify(request?.['model'])?.slice(1, -1) ?? ''
  const sent = request && { ...request, ...(model in replaced && { model: replaced[model] }) }
  const response = await simulator(exchange, script).fetch(`https://api.cohere.com${path}`, {
    method,
    headers: {
      authorization: 'Bearer test',
      'content-type': 'application/json',
      ...(accepts !== undefined && { accepts }),
    },
    ...(sent && { body: JSON.stringify(sent) }),
  })
  return { response, body: await response.text() }
}

/** The paths of all leaves of a JSON value, arrays being `[]`. */
function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [path] : value.flatMap((item) => pathsOf(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, item]) => pathsOf(item, `${path}.${key}`))
}

function fieldsOf(json: string): string[] {
  const paths = [...new Set(pathsOf(JSON.parse(json)))]
  return paths.filter((path) => !cohereOptional.some(([pattern]) => pattern.test(path))).toSorted()
}

function fieldsByType<T>(events: readonly T[], typeOf: (event: T) => string): string[] {
  const groups: Record<string, T[]> = {}
  for (const event of events) (groups[typeOf(event)] ??= []).push(event)
  return fieldsOf(JSON.stringify(groups))
}

/** Events in a row of the same type are one. */
function outline(events: readonly { type: string }[]): string[] {
  return events.map(({ type }) => type).filter((type, at, types) => type !== types[at - 1])
}

interface V1Event {
  event_type: string
  is_finished: boolean
  response?: V1Response
  finish_reason?: string
}

interface V1Response {
  text: string
  chat_history: unknown
  finish_reason: string
  citations?: { start: number; end: number; text: string; document_ids: string[] }[]
  tool_calls?: { name: string; parameters: Record<string, unknown> }[]
  documents?: unknown
}

function linesOf(body: string): V1Event[] {
  expect(body).toMatch(/^(?:\{.*\}\n)*\{.*\}\n?$/)
  return body
    .trim()
    .split('\n')
    .map((line): V1Event => JSON.parse(line))
}

function outlineOfV1(events: readonly V1Event[]): string[] {
  return outline(events.map(({ event_type: type }) => ({ type })))
}

/** A script that says what a recorded message says. */
function scriptOf(
  { content = [], tool_plan: plan, tool_calls: calls, citations }: Message,
  end: Partial<WireEvent['delta']>,
): Script {
  const part = (type: 'text' | 'thinking'): string | undefined => content.find((block) => block.type === type)?.[type]
  const [text, thinking] = [part('text'), part('thinking')]
  return {
    ...(text !== undefined && { text }),
    ...(thinking !== undefined && { thinking }),
    // A plan without a call is a failure in the middle of it.
    ...((calls !== undefined || text === undefined) && {
      toolCalls: calls?.map(({ id, function: { name, arguments: args } }) => ({ id, name, arguments: args })) ?? [],
    }),
    cohere: {
      ...(plan !== undefined && { plan }),
      ...(citations && { citations }),
      ...(end?.finish_reason === 'ERROR' && { finishReason: 'ERROR', afterTokens: 10_000 }),
      ...(end?.error !== undefined && { error: end.error }),
      ...(end?.error_type !== undefined && { errorType: end.error_type }),
    },
  }
}

describe.skipIf(!present)(`recorded requests${absence}`, () => {
  test('there are some of every kind', () => {
    const kinds = new Set(all.map(({ url, kind }) => `${url.replace(/\?.*|(?<=models\/).*/, '')} ${kind}`))
    expect(kinds.size).toBeGreaterThan(10)
    expect(all.length).toBeGreaterThan(130)
  })

  const known = all.filter(({ path }) => !cohereUnlike.some(([pattern]) => pattern.test(path)))
  test.for(known)('$meta is answered with the recorded status', async (exchange) => {
    const { response, body } = await send(exchange)
    expect(response.status).toBe(exchange.status)
    const type = { sse: 'text/event-stream', ndjson: 'application/stream+json', json: 'application/json' }[
      exchange.kind
    ]
    expect(response.headers.get('content-type')).toBe(type)
    if (exchange.status < 400) return
    const [ours, theirs] = [body, exchange.answer].map((json): { message: string } => JSON.parse(json))
    expect(ours?.message).toBe(theirs?.message)
    expect(fieldsOf(body)).toEqual(fieldsOf(exchange.answer))
  })

  const chats = all.filter(({ url, status }) => url.endsWith('/v2/chat') && status === 200)
  const wholes = chats.filter(({ kind }) => kind === 'json')
  test.for(wholes)('$meta: the message is written as recorded', async (exchange) => {
    const recorded: ChatBody = JSON.parse(exchange.answer)
    const { body } = await send(exchange, scriptOf(recorded.message, {}))
    const ours: ChatBody = JSON.parse(body)
    expect(ours.message).toEqual(recorded.message)
    // The vendor, too, may end by a word that only it has read.
    const reason = recorded.finish_reason === 'STOP_SEQUENCE' ? 'COMPLETE' : recorded.finish_reason
    expect(ours.finish_reason).toBe(reason)
    expect(fieldsOf(body)).toEqual(fieldsOf(exchange.answer))
  })

  const streams = chats.filter(({ kind }) => kind === 'sse')
  test.for(streams)('$meta: the events come as recorded', async (exchange) => {
    const recorded = eventsOf(exchange.answer)
    const expected = fold(recorded)
    expect(typesOf(recorded)).toMatch(grammar)
    expect(typesOf(eventsOf((await send(exchange)).body))).toMatch(grammar)
    const events = eventsOf((await send(exchange, scriptOf(expected.message, recorded.at(-1)?.delta ?? {}))).body)
    expect(fold(events).message).toEqual(expected.message)
    expect(fold(events).finish_reason).toBe(expected.finish_reason)
    expect(outline(events)).toEqual(outline(recorded))
    const fields = (list: readonly WireEvent[]): string[] => fieldsByType(list, ({ type }) => type)
    expect(fields(events)).toEqual(fields(recorded))
  })

  const v1 = all.filter(({ url, status }) => url.endsWith('/v1/chat') && status === 200)
  test.for(v1)('$meta: v1 says it as recorded', async (exchange) => {
    const streamed = exchange.kind === 'ndjson'
    const recorded = streamed ? linesOf(exchange.answer) : []
    const theirs: V1Response = streamed ? (recorded.at(-1)?.response ?? JSON.parse('')) : JSON.parse(exchange.answer)
    const script: Script = {
      ...(theirs.tool_calls
        ? { toolCalls: theirs.tool_calls.map(({ name, parameters }) => ({ name, arguments: parameters })) }
        : { text: theirs.text }),
      cohere: {
        ...(theirs.tool_calls && { plan: theirs.text }),
        ...(theirs.citations && {
          citations: theirs.citations.map(({ document_ids: ids, ...span }) => ({
            ...span,
            sources: ids.map((id) => ({ type: 'tool' as const, id })),
          })),
        }),
      },
    }
    const { body } = await send(exchange, script)
    const mine = streamed ? linesOf(body) : []
    const ours: V1Response = streamed ? (mine.at(-1)?.response ?? JSON.parse('')) : JSON.parse(body)
    for (const field of ['text', 'chat_history', 'finish_reason', 'citations', 'tool_calls', 'documents'] as const) {
      expect({ [field]: ours[field] }).toEqual({ [field]: theirs[field] })
    }
    expect(fieldsOf(JSON.stringify(ours))).toEqual(fieldsOf(JSON.stringify(theirs)))
    expect(outlineOfV1(mine)).toEqual(outlineOfV1(recorded))
    const fields = (list: readonly V1Event[]): string[] => fieldsByType(list, ({ event_type: type }) => type)
    expect(fields(mine)).toEqual(fields(recorded))
    const results = (list: readonly V1Event[]): unknown =>
      list.filter(({ event_type: type }) => type === 'search-results')
    expect(results(mine)).toEqual(results(recorded))
    if (!streamed) return
    expect(outlineOfV1(linesOf((await send(exchange)).body)).at(-1)).toBe('stream-end')
  })

  const beside = all.filter(({ url, status }) => /embed|rerank|tokenize|models/.test(url) && status === 200)
  test.for(beside)('$meta: the answer has the recorded fields', async (exchange) => {
    const { body } = await send(exchange)
    expect(fieldsOf(body)).toEqual(fieldsOf(exchange.answer))
  })

  const embeds = beside.filter(({ url }) => url.includes('embed'))
  test.for(embeds)('$meta: the vectors have the recorded size', async (exchange) => {
    const sizes = (json: string): number[][] => {
      const { embeddings }: { embeddings: Record<string, number[][]> } = JSON.parse(json)
      return Object.values(embeddings).map((vectors) => vectors.map(({ length }) => length))
    }
    expect(sizes((await send(exchange)).body)).toEqual(sizes(exchange.answer))
  })

  const reranks = beside.filter(({ url }) => url.includes('rerank'))
  test.for(reranks)('$meta: the first document is the recorded one', async (exchange) => {
    const first = (json: string): number | undefined => {
      const { results }: { results: { index: number }[] } = JSON.parse(json)
      return results[0]?.index
    }
    expect(first((await send(exchange)).body)).toBe(first(exchange.answer))
  })
})

import { describe, expect, test } from 'vitest'
import { createSimulator, type Script } from '../src/index.ts'
import { present, absence } from './recorded.ts'
import {
  type Event,
  dataOf,
  foldChat,
  foldResponse,
  framingOf,
  kindOfEvent,
  outlineOf,
  piecesOf,
  scriptOf,
  thoughtOf,
  wholeChat,
  wholeResponse,
} from './openai-fold.ts'
import { type Aspect, openaiDifferent, openaiOptional, openaiUnlike } from './differences.ts'
import { openaiExchanges, type OpenAIExchange } from './openai-recorded.ts'

// Every recorded request of a server that speaks OpenAI's protocols is sent again, once as it is and once with a script
// that says what the server has said.

const all = openaiExchanges()

function reasonFor({ meta, path }: OpenAIExchange): string | undefined {
  return openaiUnlike.find(([pattern]) => pattern.test(meta) || pattern.test(path))?.[1]
}

async function send(exchange: OpenAIExchange, script?: Script): Promise<{ response: Response; body: string }> {
  const { request, server, path, method } = exchange
  const simulator = createSimulator({ script: ({ index }) => (index === last ? script : undefined) })
  const headers = {
    authorization:
      exchange.status === 401 || /auth_rejection/.test(exchange.meta) ? 'Bearer sk-invalid-key' : 'Bearer test',
    'content-type': 'application/json',
    'x-simulator-dialect': server,
  }
  const post = (body: unknown): Promise<Response> =>
    simulator.fetch(`https://simulator.test${path}`, {
      method,
      headers,
      ...(request && { body: JSON.stringify(body) }),
    })
  // What a request refers to has to be there.
  const follows = request?.['previous_response_id'] !== undefined && exchange.status === 200
  const last = follows ? 1 : 0
  let body = request
  if (follows) {
    const { id }: { id: string } = JSON.parse(await (await post({ model: request?.['model'], input: 'Hi' })).text())
    body = { ...request, previous_response_id: id }
  }
  const response = await post(body)
  return { response, body: await response.text() }
}

function differs({ meta }: OpenAIExchange, aspect: Aspect): boolean {
  return openaiDifferent.some(([pattern, what]) => what === aspect && pattern.test(meta))
}

/** The paths of leaves, by the kinds of events, that only the recorded answer has (-), or only ours (+). */
function difference({ meta }: OpenAIExchange, ours: readonly Event[], recorded: readonly Event[]): string[] {
  const [mine, theirs] = [ours, recorded].map(
    (events) => new Set(events.flatMap((event) => pathsOf(event, kindOfEvent(event)))),
  )
  const missing = [...(theirs ?? [])].filter((path) => !mine?.has(path)).map((path) => `- ${path}`)
  const extra = [...(mine ?? [])].filter((path) => !theirs?.has(path)).map((path) => `+ ${path}`)
  return [...missing, ...extra]
    .filter((path) => !openaiOptional.some(([pattern]) => pattern.test(`${meta} ${path}`)))
    .toSorted()
}

function pathsOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [path] : value.flatMap((item) => pathsOf(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, item]) => pathsOf(item, `${path}.${key}`))
}

/** The kind of an error: everything of it but its words. */
function kindOf(body: string): unknown {
  return JSON.parse(body, (key, value: unknown) =>
    /^(?:message|detail|user_id|n_ctx|n_prompt_tokens)$/.test(key) ? undefined : value,
  )
}

function wordsOf(body: string): string {
  const { error, message, detail }: { error?: { message?: string } | string; message?: string; detail?: string } =
    JSON.parse(body)
  const words = typeof error === 'string' ? error : (error?.message ?? message ?? detail ?? '')
  // A key, and the column where a reader gave up.
  return words.replace(/sk-[\w*-]+|\*{4}\S+|at line .*/g, '')
}

describe.skipIf(!present)(`recorded requests to servers that speak as OpenAI does${absence}`, () => {
  test('there are some of every server', () => {
    expect(new Set(all.map(({ server }) => server)).size).toBe(9)
    expect(all.length).toBeGreaterThan(600)
    expect(all.filter((exchange) => reasonFor(exchange) !== undefined).length).toBeLessThan(45)
  })

  const known = all.filter((exchange) => reasonFor(exchange) === undefined)
  test.for(known)('$meta is answered with the recorded status', async (exchange) => {
    const { response, body } = await send(exchange)
    expect([response.status, response.status === exchange.status ? '' : body]).toEqual([exchange.status, ''])
    if (exchange.status < 400) return
    expect(kindOf(body)).toEqual(kindOf(exchange.answer))
    expect(wordsOf(body)).toBe(wordsOf(exchange.answer))
  })

  const whole = known.filter(({ status, kind }) => status === 200 && kind === 'json')
  test.for(whole)('$meta: the answer says it with the recorded fields', async (exchange) => {
    const said = exchange.path.endsWith('/responses') ? wholeResponse(exchange.answer) : wholeChat(exchange.answer)
    const { body } = await send(exchange, scriptOf(said, thoughtOf(exchange.answer)))
    const ours = exchange.path.endsWith('/responses') ? wholeResponse(body) : wholeChat(body)
    expect(ours).toEqual(said)
    expect(difference(exchange, [JSON.parse(body)], [JSON.parse(exchange.answer)]).join('\n')).toBe('')
  })

  const streams = known.filter(({ status, kind }) => status === 200 && kind === 'sse')
  test.for(streams)('$meta: the stream says it in the recorded order, with the recorded fields', async (exchange) => {
    const recorded = dataOf(exchange.answer)
    const said = exchange.path.endsWith('/responses') ? foldResponse(recorded) : foldChat(recorded)
    const { body } = await send(exchange, scriptOf(said, piecesOf(recorded)))
    const events = dataOf(body)
    const fold = exchange.path.endsWith('/responses') ? foldResponse : foldChat
    if (!differs(exchange, 'what is said')) expect(fold(events)).toEqual(said)
    if (!differs(exchange, 'order')) expect(outlineOf(events).join()).toBe(outlineOf(recorded).join())
    if (!differs(exchange, 'framing')) expect(framingOf(body)).toEqual(framingOf(exchange.answer))
    if (!differs(exchange, 'fields')) expect(difference(exchange, events, recorded).join('\n')).toBe('')
  })
})

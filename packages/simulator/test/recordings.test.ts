import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { countTokens } from '../src/tokens.ts'
import { ask, jsonOf, post, type ChatBody } from './client.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = process.env['INTERLINGUA_RECORDINGS'] ?? `${root}../shared/recordings`
const present = existsSync(`${folder}/INDEX.json`)
const absent = 'there are no recordings; INTERLINGUA_RECORDINGS can name their folder'

interface Row {
  meta: string
  body: string
  url: string
  status: number
  kind: string
}

function text(file: string): string {
  return readFileSync(`${folder}/${file}`, 'utf8')
}

const index: Row[] = present ? JSON.parse(text('INDEX.json')) : []
const rows = index.filter(({ url }) => url === 'api.cohere.com/v2/chat')
const streams = rows.filter(({ kind }) => kind === 'sse')
const removed = /^command(?:-light|-r|-r-plus)?$/

function messageOf(json: string): unknown {
  const { message }: { message: unknown } = JSON.parse(json)
  return message
}

/** The first event of each kind, without what differs from answer to answer. */
function shapes(stream: string): Map<string, string> {
  const blocks = stream.split('\n\n').filter((block) => /"type":"(?:message-start|content-)/.test(block))
  return new Map(
    blocks.map((block) => [block.split('\n')[0] ?? '', block.replace(/"(id|text)":"(?:[^"\\]|\\.)*"/g, '"$1":""')]),
  )
}

describe.skipIf(!present)(`real traffic${present ? '' : ` (${absent})`}`, () => {
  test('there is some', () => {
    expect(rows.length).toBeGreaterThan(50)
    expect(streams.length).toBeGreaterThan(20)
  })

  test.for(rows)('$meta is accepted or refused as recorded', async ({ meta, body, status }) => {
    const { request }: { request: { body: Record<string, unknown> } } = JSON.parse(text(meta))
    const gone = removed.test(String(request.body['model']))
    // A model that was removed since then is replaced, unless its removal is what was recorded.
    const model = gone && status !== 404 ? 'command-r-08-2024' : request.body['model']
    const response = await post(createSimulator().fetch, { ...request.body, model })
    expect(response.status).toBe(status)
    const type = request.body['stream'] === true && status === 200 ? 'text/event-stream' : 'application/json'
    expect(response.headers.get('content-type')).toBe(type)
    const answer = await response.text()
    const [ours, theirs] = status < 400 ? [] : [messageOf(answer), messageOf(text(body))]
    expect(ours).toEqual(theirs)
  })

  test.for(streams)('$body has the framing and the fields that the simulator gives', async ({ body }) => {
    const recorded = text(body)
    const framing = /^(?:event: [a-z-]+\ndata: \{.*\}\n\n)+data: \[DONE\]\n\n$/
    expect(recorded).toMatch(framing)
    const ours = await (await post(createSimulator().fetch, ask('Hi', { stream: true }))).text()
    expect(ours).toMatch(framing)
    const [theirs, mine] = [shapes(recorded), shapes(ours)]
    const common = [...theirs].filter(([event]) => mine.has(event))
    expect(common.length).toBeGreaterThan(0)
    expect(common.map(([event]) => mine.get(event))).toEqual(common.map(([, shape]) => shape))
  })

  test('a recorded stream is replayed byte for byte', async () => {
    const bytes = readFileSync(`${folder}/${streams[0]?.body}`)
    for (const recorded of [bytes, bytes.toString()]) {
      const { fetch } = createSimulator({ scripts: [{ body: recorded, chunking: 1 }] })
      const response = await post(fetch, { stream: true })
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
    }
  })

  test('the counts of tokens resemble the billed ones', async () => {
    const answers = rows.filter(({ kind, status }) => kind === 'json' && status === 200)
    const bodies = await Promise.all(answers.map(({ body }) => jsonOf<Partial<ChatBody>>(new Response(text(body)))))
    let [ours, billed] = [0, 0]
    for (const { message, usage } of bodies) {
      const [part, ...others] = message?.content ?? []
      if (part?.type !== 'text' || others.length > 0) continue
      ours += countTokens(part.text ?? '')
      billed += usage?.billed_units?.output_tokens ?? 0
    }
    expect(billed).toBeGreaterThan(500)
    expect(ours / billed).toBeGreaterThan(0.85)
    expect(ours / billed).toBeLessThan(1.15)
  })
})

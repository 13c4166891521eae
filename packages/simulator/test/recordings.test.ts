import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { countTokens } from '../src/tokens.ts'
import { ask, jsonOf, post, type ChatBody } from './client.ts'
import { absence, exchanges, folder, present } from './recorded.ts'

const chats = exchanges().filter(({ path }) => path === '/v2/chat')
const streams = chats.filter(({ kind }) => kind === 'sse')

/** The first event of each kind, without what differs from answer to answer. */
function shapes(stream: string): Map<string, string> {
  const blocks = stream.split('\n\n').filter((block) => /"type":"(?:message-start|content-)/.test(block))
  return new Map(
    blocks.map((block) => [block.split('\n')[0] ?? '', block.replace(/"(id|text)":"(?:[^"\\]|\\.)*"/g, '"$1":""')]),
  )
}

describe.skipIf(!present)(`real traffic${absence}`, () => {
  test('there is some', () => {
    expect(chats.length).toBeGreaterThan(50)
    expect(streams.length).toBeGreaterThan(20)
  })

  test.for(streams)('$body has the framing and the fields that the simulator gives', async ({ answer: recorded }) => {
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
    const answers = chats.filter(({ kind, status }) => kind === 'json' && status === 200)
    const bodies = await Promise.all(answers.map(({ answer }) => jsonOf<Partial<ChatBody>>(new Response(answer))))
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

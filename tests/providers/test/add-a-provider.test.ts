import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { page, Program } from './program.ts'

/** The files of a document: blocks whose first line is a comment with a path. */
function filesIn(document: string): ReadonlyMap<string, string> {
  const blocks = document.matchAll(/^```ts\n\/\/ (\S+\.ts)\n([\s\S]*?)^```$/gm)
  return new Map(Array.from(blocks, ([, name = '', code = '']) => [name, code]))
}

/** What both vendors of the document do, as it is described there. */
function serve(requests: Record<string, unknown>[]): Server {
  return createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as Record<string, unknown>
    requests.push({ url: request.url, authorization: request.headers.authorization, ...body })
    if (request.url === '/say') {
      const events = [{ id: 't-1' }, { says: 'Read ' }, { says: 'Dune.' }, { over: 'done', read: 3, wrote: 2 }]
      response.setHeader('content-type', body['live'] ? 'text/event-stream' : 'application/json')
      if (body['live']) response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
      else response.end(JSON.stringify({ id: 't-1', says: 'Read Dune.', over: 'done', read: 3, wrote: 2 }))
      return
    }
    response.setHeader('content-type', 'application/json')
    const message = { role: 'assistant', reasoning: 'A book.', content: 'Read Dune.' }
    response.end(JSON.stringify({ id: 'h-1', choices: [{ index: 0, message, finish_reason: 'stop' }] }))
  })
}

describe('docs/add-a-provider.md', () => {
  const requests: Record<string, unknown>[] = []
  const server = serve(requests)
  let program: Program
  let url = ''

  beforeAll(async () => {
    const files = filesIn(await page('docs/add-a-provider.md'))
    program = await Program.of(files)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  })
  afterAll(async () => {
    await program[Symbol.asyncDispose]()
    server.close()
  })

  test('its files are right by their types', async () => expect(await program.check()).toBe(''))

  test('a described server is asked in its own words', async () => {
    const { out, error } = await program.run('harbour/main.ts', { HARBOUR_URL: `${url}/v1`, HARBOUR_API_KEY: 'secret' })
    expect(error).toBe('')
    expect(JSON.parse(out)).toEqual({ provider: 'harbour', content: 'Read Dune.', thinking: 'A book.', told: ['seed'] })
    expect(requests.at(-1)).toMatchObject({
      url: '/v1/chat/completions',
      authorization: 'Bearer secret',
      model: 'harbour-1',
      max_tokens: 50,
    })
    expect(requests.at(-1)).not.toHaveProperty('seed')
  })

  test('the toy provider answers, streamed and not', async () => {
    const { out, error } = await program.run('toy/main.ts', { TOY_URL: url })
    expect(error).toBe('')
    expect(JSON.parse(out)).toEqual({ same: true, content: 'Read Dune.', usage: { inputTokens: 3, outputTokens: 2 } })
    expect(requests.at(-1)).toMatchObject({
      model: 'toy-1',
      turns: [{ who: 'user', says: 'Recommend a fantasy book' }],
    })
  })

  test('the toy provider keeps every law', async () => {
    const { code, out, error } = await program.run('toy/prove.ts')
    // What failed is in what it printed.
    expect({ code, error, out }).toEqual({ code: 0, error: '', out: expect.stringContaining('truncation') })
  })
})

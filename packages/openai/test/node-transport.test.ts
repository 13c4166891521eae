import { createServer } from 'node:http'
import OpenAI, { toFile } from 'openai'
import { createNodeFetch } from '@interlingua/core/node'
import { expect, test } from 'vitest'

test('the fetch over node:http serves the SDK of the vendor too, and refuses what it cannot send', async () => {
  const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`${chunk('Read ')}${chunk('“Dune”')}data: [DONE]\n\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const baseURL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const client = new OpenAI({ apiKey: 'key', baseURL, fetch: createNodeFetch(), maxRetries: 0 })
  try {
    let text = ''
    const messages = [{ role: 'user' as const, content: 'Hi' }]
    const stream = await client.chat.completions.create({ model: 'gpt-5-mini', messages, stream: true })
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? ''
    expect(text).toBe('Read “Dune”')
    const upload = client.files.create({ file: await toFile(new Uint8Array(3), 'a.bin'), purpose: 'batch' })
    await expect(upload).rejects.toMatchObject({ cause: { message: expect.stringContaining('text and bytes') } })
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

import { CohereClientV2 } from 'cohere-ai'
import { createNodeFetch } from '@interlingua/core/node'
import { expect, test } from 'vitest'
import { answer, end, serving, start, streamHead, text } from './serving.ts'

const request = { model: 'command-a-03-2025', messages: [{ role: 'user' as const, content: 'Hi' }] }

test('the fetch over node:http serves the SDK of the vendor too', async () => {
  await using server = await serving((response, index) => {
    if (index > 0) return streamHead(response).end(start + text('Read ') + text('“Dune”') + end)
    return response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
  })
  const client = new CohereClientV2({ token: 'key', environment: server.url, fetch: createNodeFetch() })
  const { message } = await client.chat(request)
  expect(message?.content).toEqual((JSON.parse(answer) as { message: { content: unknown } }).message.content)
  let streamed = ''
  for await (const event of await client.chatStream(request)) {
    if (event.type === 'content-delta') streamed += event.delta?.message?.content?.text ?? ''
  }
  expect(streamed).toBe('Read “Dune”')
})

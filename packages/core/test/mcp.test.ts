import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { defineCall, defineTool, isInterlinguaError, runTool, type ToolCall } from '../src/index.ts'
import { mcpPrompt, mcpResource, McpToolError, McpToolResult, mcpTools } from '../src/mcp.ts'
import { createLibraryServer, results, searchSchema } from './mcp-server.ts'
import { scriptedModel } from './scripted-model.ts'

type Library = ReturnType<typeof createLibraryServer>

async function connect(transport: Transport): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return client
}

async function inMemory(library: Library = createLibraryServer()): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair()
  await library.server.connect(far)
  return connect(near)
}

async function overHttp(library: Library): Promise<Client> {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => 'one' })
  await library.server.connect(transport)
  const server = createServer((request, response) => void transport.handleRequest(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    await library.server.close()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)))
}

const callOf = (name: string, args: object = {}): ToolCall => ({ id: 'call_1', name, args, raw: JSON.stringify(args) })

describe('the tools of a server', () => {
  test('are those of all pages, with their schemas as they are', async () => {
    const tools = await mcpTools(await inMemory())
    expect(tools.map(({ name }) => name)).toEqual(['search', 'read', 'rate', 'lend', 'wait'])
    expect(tools[0]).toMatchObject({ description: 'Searches the library', parameters: searchSchema })
    expect(tools[1]).toMatchObject({ description: 'Read a book', definition: { annotations: { readOnlyHint: true } } })
  })

  test('have a namespace, under which the server does not know them', async () => {
    const library = createLibraryServer()
    const client = await inMemory(library)
    const tools = await mcpTools(client, { namespace: 'library' })
    expect(tools.map(({ name }) => name)).toContain('library_search')
    await runTool(callOf('library_search', { title: 'Dune' }), tools)
    expect(library.calls).toEqual([{ name: 'search', arguments: { title: 'Dune' } }])
    // Two servers of the same kind can then stand in one call.
    const { model } = scriptedModel()
    const both = [...tools, ...(await mcpTools(client, { namespace: 'archive' }))]
    await expect(defineCall({ model, prompt: () => 'Hello', tools: both })()).resolves.toBeDefined()
  })

  test('are checked for their arguments before the server is asked', async () => {
    const library = createLibraryServer()
    const tools = await mcpTools(await inMemory(library))
    const { error } = await runTool(callOf('search', { title: '' }), tools)
    expect(error?.code).toBe('invalid_arguments')
    expect(library.calls).toEqual([])
  })

  test('cannot be listed: the error says why', async () => {
    const client = await inMemory()
    await client.close()
    const error = await mcpTools(client).catch((thrown: unknown) => thrown)
    expect(isInterlinguaError(error) && error).toMatchObject({
      code: 'server',
      message: expect.stringMatching(/did not give its tools: Not connected/),
      cause: expect.any(Error),
    })
  })

  test('are not listed once the signal has aborted', async () => {
    const client = await inMemory()
    await expect(mcpTools(client, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
  })

  test('are not listed for ever where the cursor comes again', async () => {
    const client = await inMemory()
    client.listTools = async () => ({ tools: [], nextCursor: 'again' })
    await expect(mcpTools(client)).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('"again"'),
    })
  })

  test('may not have the same name twice', async () => {
    const client = await inMemory()
    const tool = { name: 'search', inputSchema: { type: 'object' as const } }
    client.listTools = async () => ({ tools: [tool, tool] })
    await expect(mcpTools(client)).rejects.toMatchObject({ code: 'invalid_request' })
  })
})

describe('what a tool gives', () => {
  const run = async (name: string) => runTool(callOf(name), await mcpTools(await inMemory()))

  test('is text as it is', async () => {
    const tools = await mcpTools(await inMemory())
    const { message } = await runTool(callOf('search', { title: 'Dune' }), tools)
    expect(message).toEqual({ role: 'tool', toolCallId: 'call_1', content: 'Dune, by Frank Herbert' })
  })

  test('is documents for resources and links, and says what cannot be shown', async () => {
    const { message, value } = await run('read')
    expect(message.content).toEqual([
      { type: 'text', text: 'Here it is.' },
      { type: 'document', data: { uri: 'file:///dune.txt', text: 'A beginning.' } },
      { type: 'document', data: { uri: 'file:///emma.txt', name: 'emma.txt' } },
      { type: 'text', text: '[The tool also gave an image (image/png), which cannot be shown here.]' },
      { type: 'text', text: '[The tool also gave audio (audio/wav), which cannot be shown here.]' },
      { type: 'text', text: '[The tool also gave a binary file (application/x-dune), which cannot be shown here.]' },
    ])
    // The caller loses nothing of it.
    expect(value).toBeInstanceOf(McpToolResult)
    expect(value).toMatchObject({ content: results.read.content, raw: results.read })
  })

  test('is the structured value, once, and the text that says more', async () => {
    const { message, value } = await run('rate')
    expect(message.content).toEqual([
      { type: 'document', data: { rating: 5, votes: 12 } },
      { type: 'text', text: 'out of 5' },
    ])
    expect(value).toMatchObject({ structuredContent: { rating: 5, votes: 12 }, raw: { _meta: { source: 'readers' } } })
  })

  test('is a failure where the server says so', async () => {
    const { message, error } = await run('lend')
    const text = 'The tool lend failed: Dune is lent out until Friday.'
    expect(message).toEqual({ role: 'tool', toolCallId: 'call_1', content: text, isError: true })
    expect(error?.code).toBe('thrown')
    expect(error?.cause).toBeInstanceOf(McpToolError)
    expect(error?.cause).toMatchObject({ result: { content: results.lend.content, raw: results.lend } })
  })

  test('is a failure where the server does not answer as the protocol has it', async () => {
    const client = await inMemory()
    const tools = await mcpTools(client)
    await client.close()
    const { message } = await runTool(callOf('lend'), tools)
    expect(message).toMatchObject({ isError: true, content: 'The tool lend failed: Not connected' })
  })
})

describe.each([
  ['in memory', inMemory],
  ['over HTTP', overHttp],
])('a run with tools of a server %s', (_, connected) => {
  test('asks the server, and tells the model what it gave', { timeout: 30_000 }, async () => {
    const library = createLibraryServer()
    const { model, asked } = scriptedModel(
      [
        { type: 'tool-call-start', index: 0, id: 'call_1', name: 'search' },
        { type: 'tool-call-delta', index: 0, text: '{"title":"Dune"}' },
        { type: 'tool-call-end', index: 0 },
        { type: 'tool-call-start', index: 1, id: 'call_2', name: 'hour' },
        { type: 'tool-call-end', index: 1 },
        { type: 'finish', reason: { unified: 'tool_calls', raw: 'tools' } },
      ],
      [
        { type: 'text', index: 0, text: 'Frank Herbert wrote it.' },
        { type: 'finish', reason: { unified: 'stop', raw: 'stop' } },
      ],
    )
    const hour = defineTool({ name: 'hour', run: (_args, { now }: { now: number }) => String(now) })
    const tools = [...(await mcpTools(await connected(library))), hour]
    const ask = defineCall({ model, tools, prompt: () => 'Who wrote Dune?' })
    const { response, stopReason } = await ask.run([], { context: { now: 12 } })
    expect([response.content, stopReason]).toEqual(['Frank Herbert wrote it.', 'finished'])
    expect(library.calls).toEqual([{ name: 'search', arguments: { title: 'Dune' } }])
    expect(asked[1]?.messages.slice(-2)).toEqual([
      { role: 'tool', toolCallId: 'call_1', content: 'Dune, by Frank Herbert' },
      { role: 'tool', toolCallId: 'call_2', content: '12' },
    ])
  })

  test('cancels the request at the server when it is stopped', { timeout: 30_000 }, async () => {
    const library = createLibraryServer()
    const stop = new AbortController()
    const tools = await mcpTools(await connected(library))
    const running = runTool(callOf('wait'), tools, { signal: stop.signal })
    await library.waiting
    stop.abort(new Error('enough'))
    await expect(running).rejects.toMatchObject({ code: 'aborted' })
    expect(await library.stopped).toBeDefined()
  })
})

test('a server that is a program of its own', { timeout: 30_000 }, async () => {
  const args = ['--conditions=@interlingua/source', join(import.meta.dirname, 'mcp-stdio.ts')]
  const client = await connect(new StdioClientTransport({ command: process.execPath, args }))
  const { message } = await runTool(callOf('search', { title: 'Dune' }), await mcpTools(client))
  expect(message.content).toBe('Dune, by Frank Herbert')
})

describe('prompts and resources', () => {
  test('a prompt is messages', async () => {
    expect(await mcpPrompt(await inMemory(), 'review', { title: 'Dune' })).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Review Dune.' }] },
      {
        role: 'user',
        content: [
          { type: 'image', data: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), mediaType: 'image/png' },
        ],
      },
      { role: 'user', content: [{ type: 'text', text: 'A beginning.' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Gladly.' }] },
    ])
  })

  test('a prompt is what a call may ask', async () => {
    const client = await inMemory()
    const { model, asked } = scriptedModel()
    await defineCall({ model, prompt: (title: string) => mcpPrompt(client, 'review', { title }) })('Emma')
    expect(asked[0]?.messages[0]).toEqual({ role: 'user', content: [{ type: 'text', text: 'Review Emma.' }] })
  })

  test('a prompt that there is not, or that has sound, is an error', async () => {
    const client = await inMemory()
    await expect(mcpPrompt(client, 'nothing')).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('no prompt nothing'),
    })
    await expect(mcpPrompt(client, 'song')).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('audio (audio/wav)'),
    })
  })

  test('a resource is a document with its address as the id', async () => {
    const uri = 'file:///dune.txt'
    const documents = await mcpResource(await inMemory(), uri)
    expect(documents).toEqual([{ type: 'document', id: uri, data: { uri, text: 'A beginning.' } }])
  })

  test('a resource that is not text is an error', async () => {
    const reading = mcpResource(await inMemory(), 'file:///cover.png')
    await expect(reading).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('a binary file (image/png)'),
    })
  })
})

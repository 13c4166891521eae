import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  GetPromptRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'

const pixel = 'iVBORw0KGgo='

/** What the tools give. */
export const results: Record<'search' | 'read' | 'rate' | 'lend', CallToolResult> = {
  search: { content: [{ type: 'text', text: 'Dune, by Frank Herbert' }] },
  read: {
    content: [
      { type: 'text', text: 'Here it is.' },
      { type: 'resource', resource: { uri: 'file:///dune.txt', mimeType: 'text/plain', text: 'A beginning.' } },
      { type: 'resource_link', uri: 'file:///emma.txt', name: 'emma.txt', mimeType: 'text/plain' },
      { type: 'image', data: pixel, mimeType: 'image/png' },
      { type: 'audio', data: pixel, mimeType: 'audio/wav' },
      { type: 'resource', resource: { uri: 'file:///dune.bin', blob: pixel, mimeType: 'application/x-dune' } },
    ],
  },
  rate: {
    content: [
      { type: 'text', text: '{"rating":5,"votes":12}' },
      { type: 'text', text: 'out of 5' },
    ],
    structuredContent: { rating: 5, votes: 12 },
    _meta: { source: 'readers' },
  },
  lend: { content: [{ type: 'text', text: 'Dune is lent out until Friday.' }], isError: true },
}

/** The schema of the tool `search`, which is not in the reach of a simple converter. */
export const searchSchema = {
  type: 'object',
  properties: {
    title: { $ref: '#/$defs/title' },
    language: { enum: ['en', 'fr'] },
    year: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  },
  required: ['title'],
  additionalProperties: false,
  $defs: { title: { type: 'string', minLength: 1 } },
} as const

const object = { type: 'object' } as const

/** The server's tools, by page. */
const pages = [
  [
    { name: 'search', description: 'Searches the library', inputSchema: { ...searchSchema } },
    { name: 'read', title: 'Read a book', inputSchema: object, annotations: { readOnlyHint: true } },
  ],
  [],
  [
    { name: 'rate', inputSchema: object, outputSchema: { ...object, properties: { rating: { type: 'number' } } } },
    { name: 'lend', inputSchema: object },
    { name: 'wait', inputSchema: object },
  ],
]

/** A library as an MCP server. `calls` are the tool calls that it got; `stopped` resolves when `wait` is cancelled. */
export function createLibraryServer(): {
  readonly server: Server
  readonly calls: { readonly name: string; readonly arguments?: object | undefined }[]
  readonly waiting: Promise<void>
  readonly stopped: Promise<unknown>
} {
  const calls: { name: string; arguments?: object | undefined }[] = []
  const waiting = Promise.withResolvers<void>()
  const stopped = Promise.withResolvers<unknown>()
  const capabilities = { tools: {}, prompts: {}, resources: {} }
  const server = new Server({ name: 'library', version: '1.0.0' }, { capabilities })
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    const index = Number(params?.cursor ?? 0)
    return { tools: pages[index] ?? [], ...(index + 1 < pages.length && { nextCursor: String(index + 1) }) }
  })
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    calls.push({ name: params.name, arguments: params.arguments })
    if (params.name === 'wait') {
      signal.addEventListener('abort', () => stopped.resolve(signal.reason))
      waiting.resolve()
      await stopped.promise
    }
    const result = Object.entries(results).find(([name]) => name === params.name)?.[1]
    if (!result) throw new Error(`no tool ${params.name}`)
    return result
  })
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    if (params.name === 'song')
      return { messages: [said('user', { type: 'audio', data: pixel, mimeType: 'audio/wav' })] }
    if (params.name !== 'review') throw new Error(`no prompt ${params.name}`)
    return {
      messages: [
        said('user', { type: 'text', text: `Review ${params.arguments?.['title']}.` }),
        said('user', { type: 'image', data: pixel, mimeType: 'image/png' }),
        said('user', { type: 'resource', resource: { uri: 'file:///dune.txt', text: 'A beginning.' } }),
        said('assistant', { type: 'text', text: 'Gladly.' }),
      ],
    }
  })
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => ({
    contents: uri.endsWith('.png') ? [{ uri, blob: pixel, mimeType: 'image/png' }] : [{ uri, text: 'A beginning.' }],
  }))
  return { server, calls, waiting: waiting.promise, stopped: stopped.promise }
}

function said<Role, Content>(role: Role, content: Content): { readonly role: Role; readonly content: Content } {
  return { role, content }
}

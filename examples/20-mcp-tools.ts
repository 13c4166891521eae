// The tools of an MCP server beside one's own. The server runs in this process; see `docs/mcp.md` for others.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { defineCall, defineTool } from '@interlingua/core'
import { mcpTools } from '@interlingua/core/mcp'
import { z } from 'zod'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    {
      times: 1,
      toolCalls: [
        { name: 'library_find', arguments: { title: 'Dune' } },
        { name: 'library_lend', arguments: { title: 'Emma' } },
        { name: 'opening_hours' },
      ],
    },
    { text: 'Dune is on shelf 3, Emma is lent out, and we close at six.' },
  ],
})

const server = new McpServer({ name: 'library', version: '1.0.0' })
const inputSchema = { title: z.string() }
server.registerTool('find', { description: 'Finds a book', inputSchema, outputSchema: { shelf: z.number() } }, () => ({
  content: [],
  structuredContent: { shelf: 3 },
}))
server.registerTool('lend', { description: 'Lends a book', inputSchema }, ({ title }) => ({
  content: [{ type: 'text', text: `${title} is lent out.` }],
  isError: true,
}))

const client = new Client({ name: 'librarian', version: '1.0.0' })
const [near, far] = InMemoryTransport.createLinkedPair()
await Promise.all([server.connect(far), client.connect(near)])

const openingHours = defineTool({ name: 'opening_hours', run: () => 'We close at six.' })
const ask = defineCall({
  model: connection.cohere('command-a-03-2025'),
  tools: [...(await mcpTools(client, { namespace: 'library' })), openingHours],
  prompt: (question: string) => question,
})

const { response } = await ask.run(['Can I have Dune and Emma, and until when?'], {
  onStep: ({ toolResults }) => {
    for (const { toolCall, message } of toolResults) {
      console.log(toolCall.name, message.isError ? 'failed:' : '->', JSON.stringify(message.content))
    }
  },
})
console.log(response.content)
await client.close()

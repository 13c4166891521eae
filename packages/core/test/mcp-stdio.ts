// The library on standard input and output, as a program of its own.
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { createLibraryServer } from './mcp-server.ts'

await createLibraryServer().server.connect(new StdioServerTransport())

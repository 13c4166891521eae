import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { expectTypeOf, test } from 'vitest'
import { defineCall, type Model } from '../src/index.ts'
import { type McpClient, mcpTools } from '../src/mcp.ts'

declare const client: Client
declare const model: Model

test('the client of the SDK is one', () => expectTypeOf(client).toExtend<McpClient>())

test('its tools need no context', async () => {
  const call = defineCall({ model, prompt: () => 'Hello', tools: await mcpTools(client) })
  expectTypeOf(call.run).toBeCallableWith([])
})

import { defineTool, type Tool, type ToolInvocation } from './define-tool.ts'
import { InterlinguaError } from './error.ts'
import type { ImageDataPart } from './image.ts'
import { isObject } from './json.ts'
import type { McpClient, McpRequestOptions, McpToolDefinition } from './mcp-client.ts'
import { documentOf, kindOf, type McpContent, readablePart } from './mcp-content.ts'
import { McpToolError, McpToolResult } from './mcp-result.ts'
import type { DocumentPart, Message, TextPart } from './message.ts'
import { checkToolNames } from './tool-names.ts'

export type { McpClient, McpPromptMessage, McpRequestOptions, McpToolDefinition, McpToolPage } from './mcp-client.ts'
export type { McpContent } from './mcp-content.ts'
export { McpToolError, McpToolResult } from './mcp-result.ts'

/** A tool of an MCP server, which runs there. */
export interface McpTool extends Tool<
  (args: unknown, context: unknown, invocation: ToolInvocation) => Promise<McpToolResult>
> {
  /** The tool as its server describes it, under the server's own name for it. */
  readonly definition: McpToolDefinition
}

/** How the tools of a server are taken over. */
export interface McpToolsOptions {
  /** Comes before the names of the tools: `files` makes of `read` `files_read`. Default: the server's own names. */
  readonly namespace?: string
  /** How long each tool may take, in milliseconds. Default: `toolTimeoutMs` of the run. */
  readonly timeoutMs?: number
  /** Stops the listing. Running tools follow the signal of the run. */
  readonly signal?: AbortSignal
}

/** The client's own deadline would come before that of the run: this is the longest that a timer takes. */
const noDeadline = 2_147_483_647

/**
 * The tools of an MCP server, for `tools` of a call: `tools: [...(await mcpTools(client)), weather]`. The client is one of
 * `@modelcontextprotocol/sdk` that is connected already; whoever connected it closes it.
 *
 * All pages of the list are read. Schemas stay as they are, but for `$schema`. A tool that the server marks as failed
 * (`isError`) throws, so that the model is told of a failure. Stopping a run cancels the request at the server.
 *
 * @throws {InterlinguaError} of code `server` where the tools cannot be listed, `aborted` where `signal` aborts, and
 * `invalid_request` where two of them have the same name.
 */
export async function mcpTools(client: McpClient, options: McpToolsOptions = {}): Promise<McpTool[]> {
  const definitions = await listTools(client, options.signal)
  const tools = definitions.map((definition) => toolOf(client, definition, options))
  checkToolNames(tools)
  return tools
}

/**
 * A prompt that an MCP server has, filled in, as messages:
 * `defineCall({ model, prompt: (topic: string) => mcpPrompt(client, 'summarize', { topic }) })`.
 *
 * Texts and text resources become text, images images.
 *
 * @throws {InterlinguaError} of code `server` where there is no such prompt or it cannot be filled in, and `unsupported` where
 * it has what a message of its role cannot hold, such as sound.
 */
export async function mcpPrompt(
  client: McpClient,
  name: string,
  args: Record<string, string> = {},
  options: { readonly signal?: AbortSignal } = {},
): Promise<Message[]> {
  const what = `the prompt ${JSON.stringify(name)}`
  const params = { name, arguments: args }
  const { messages } = await answered(what, options.signal, (given) => client.getPrompt(params, given))
  return messages.map(({ role, content }) => messageOf(role, { ...content }, what))
}

/**
 * What an MCP server has under an address, as documents with the address as their id: for `documents` of a call, or for the
 * result of a tool.
 *
 * @throws {InterlinguaError} of code `server` where it cannot be read, and `unsupported` where it is not text.
 */
export async function mcpResource(
  client: McpClient,
  uri: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<DocumentPart[]> {
  const what = `the resource ${uri}`
  const { contents } = await answered(what, options.signal, (given) => client.readResource({ uri }, given))
  return contents.map((content) => {
    const resource: McpContent = { ...content }
    if (typeof resource['text'] !== 'string') throw unsupported(what, { type: 'resource', resource })
    return documentOf(resource, typeof resource['uri'] === 'string' ? resource['uri'] : uri)
  })
}

async function listTools(client: McpClient, signal: AbortSignal | undefined): Promise<McpToolDefinition[]> {
  const tools: McpToolDefinition[] = []
  const cursors = new Set<string>()
  let cursor: string | undefined
  do {
    const params = cursor === undefined ? {} : { cursor }
    const page = await answered('its tools', signal, (given) => client.listTools(params, given))
    tools.push(...page.tools)
    cursor = page.nextCursor
    if (cursor !== undefined && cursors.has(cursor)) {
      const message = `the MCP server lists its tools in a circle: it gave the cursor ${JSON.stringify(cursor)} twice.`
      throw new InterlinguaError({ code: 'server', message })
    }
    if (cursor !== undefined) cursors.add(cursor)
  } while (cursor !== undefined)
  return tools
}

function toolOf(client: McpClient, definition: McpToolDefinition, { namespace, timeoutMs }: McpToolsOptions): McpTool {
  const { name, title, description = title, inputSchema } = definition
  const tool = defineTool({
    name: namespace === undefined ? name : `${namespace}_${name}`,
    ...(description !== undefined && { description }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    input: inputSchema,
    run: async (args: unknown, _: unknown, { signal }) => {
      const given = isObject(args) ? args : {}
      const raw = await client.callTool({ name, arguments: given }, undefined, { signal, timeout: noDeadline })
      const result = new McpToolResult(raw)
      if (isObject(raw) && raw['isError'] === true) throw new McpToolError(result)
      return result
    },
  })
  return Object.assign(tool, { definition })
}

function messageOf(role: 'user' | 'assistant', content: McpContent, what: string): Message {
  if (role === 'assistant') {
    const text = textOf(content)
    if (text === undefined) throw unsupported(what, content)
    return { role, content: [{ type: 'text', text }] }
  }
  const part = userPartOf(content)
  if (part === undefined) throw unsupported(what, content)
  return { role, content: [part] }
}

function userPartOf(content: McpContent): TextPart | ImageDataPart | undefined {
  const { type, data, mimeType, resource } = content
  if (type === 'image') return imageOf(data, mimeType)
  if (type === 'resource' && isObject(resource) && String(resource['mimeType']).startsWith('image/')) {
    return imageOf(resource['blob'], resource['mimeType'])
  }
  const text = textOf(content)
  return text === undefined ? undefined : { type: 'text', text }
}

function textOf(content: McpContent): string | undefined {
  const part = readablePart(content)
  if (part?.type === 'text') return part.text
  if (part === undefined || !isObject(part.data)) return undefined
  // A link has no text of its own: the model is told what it links to.
  return typeof part.data['text'] === 'string' ? part.data['text'] : JSON.stringify(part.data)
}

function imageOf(data: unknown, mediaType: unknown): ImageDataPart | undefined {
  if (typeof data !== 'string' || typeof mediaType !== 'string') return undefined
  return { type: 'image', data: Uint8Array.from(atob(data), (byte) => byte.charCodeAt(0)), mediaType }
}

async function answered<Answer>(
  what: string,
  signal: AbortSignal | undefined,
  ask: (options: McpRequestOptions) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(signal ? { signal } : {})
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const aborted = signal?.aborted === true
    const message = `the MCP server did not give ${what}: ${aborted ? 'the request was stopped.' : reason}`
    throw new InterlinguaError({ code: aborted ? 'aborted' : 'server', message, cause })
  }
}

function unsupported(what: string, content: McpContent): InterlinguaError {
  const message = `${what} of the MCP server has ${kindOf(content)}, which a message of this kind cannot hold. Take it from the client itself.`
  return new InterlinguaError({ code: 'unsupported', message })
}

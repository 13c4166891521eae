/**
 * What is needed of a connected client of `@modelcontextprotocol/sdk`: its `Client` is one. Nothing of the SDK is loaded, and
 * whatever has these methods will do.
 *
 * @see https://modelcontextprotocol.io/specification
 */
export interface McpClient {
  listTools(params?: { cursor?: string }, options?: McpRequestOptions): Promise<McpToolPage>
  callTool(
    params: { name: string; arguments?: Record<string, unknown> },
    resultSchema?: undefined,
    options?: McpRequestOptions,
  ): Promise<unknown>
  getPrompt(
    params: { name: string; arguments?: Record<string, string> },
    options?: McpRequestOptions,
  ): Promise<{ messages: readonly McpPromptMessage[] }>
  readResource(params: { uri: string }, options?: McpRequestOptions): Promise<{ contents: readonly object[] }>
}

/** What a client is told beside a request. */
export interface McpRequestOptions {
  signal?: AbortSignal
  /** Milliseconds. */
  timeout?: number
}

/** A page of a server's list of tools. */
export interface McpToolPage {
  readonly tools: readonly McpToolDefinition[]
  /** What to ask for the next page with; absent on the last one. */
  readonly nextCursor?: string | undefined
}

/** A tool as an MCP server describes it. */
export interface McpToolDefinition {
  readonly name: string
  /** Its name for people. */
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly inputSchema: Readonly<Record<string, unknown>>
  readonly outputSchema?: Readonly<Record<string, unknown>> | undefined
  /** What the server says of the tool's effects. They are hints, and as trustworthy as the server. */
  readonly annotations?:
    | {
        readonly readOnlyHint?: boolean | undefined
        readonly destructiveHint?: boolean | undefined
        readonly idempotentHint?: boolean | undefined
        readonly openWorldHint?: boolean | undefined
      }
    | undefined
}

/** A message of a prompt that an MCP server has. */
export interface McpPromptMessage {
  readonly role: 'user' | 'assistant'
  readonly content: object
}

import { isObject } from './json.ts'
import { kindOf, type McpContent, readablePart } from './mcp-content.ts'
import type { DocumentPart, TextPart } from './message.ts'

/**
 * What a tool of an MCP server gave. It is the `value` of the tool's result, and holds all of it; the model is told what
 * `toJSON` says, which is what a tool message can carry.
 */
export class McpToolResult {
  /** The pieces as the server sent them, images and sounds as Base64. */
  readonly content: readonly McpContent[]
  /** The value that the tool's `outputSchema` describes, where it has one. */
  readonly structuredContent: Readonly<Record<string, unknown>> | undefined
  /** The whole result, `_meta` included. */
  readonly raw: unknown

  constructor(raw: unknown) {
    const { content, structuredContent } = isObject(raw) ? raw : {}
    this.content = Array.isArray(content) ? content.filter(isObject) : []
    this.structuredContent = isObject(structuredContent) ? structuredContent : undefined
    this.raw = raw
  }

  /** The text of the result, without what is not text. */
  get text(): string {
    return this.content
      .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : []))
      .join('\n')
  }

  /**
   * What the model is told: texts as they are; the structured value, resources and links as documents, which the answer can
   * cite; and of everything else that it is there.
   */
  toJSON(): string | readonly (TextPart | DocumentPart)[] {
    const { structuredContent } = this
    const structured = JSON.stringify(structuredContent)
    const parts = this.content.flatMap((content): (TextPart | DocumentPart)[] => {
      const part = readablePart(content)
      // For older clients, servers say the structured value once more as text.
      if (part?.type === 'text' && structured !== undefined && sameJson(part.text, structured)) return []
      return [part ?? { type: 'text', text: `[The tool also gave ${kindOf(content)}, which cannot be shown here.]` }]
    })
    if (structuredContent) parts.unshift({ type: 'document', data: structuredContent })
    const [only] = parts
    return parts.length === 1 && only?.type === 'text' ? only.text : parts
  }
}

/** Thrown by a tool whose server says that it failed (`isError`): the message is the server's, for the model. */
export class McpToolError extends Error {
  override readonly name = 'McpToolError'
  readonly result: McpToolResult

  constructor(result: McpToolResult) {
    super(result.text || 'the server gave no reason.')
    this.result = result
  }
}

function sameJson(text: string, json: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === json
  } catch {
    return false
  }
}

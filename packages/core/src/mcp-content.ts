import { isObject } from './json.ts'
import type { DocumentPart, TextPart } from './message.ts'

/** A piece of content as an MCP server sends it: a text, an image, a sound, a resource, a link to one, or what may come. */
export type McpContent = Readonly<Record<string, unknown>>

/** The text or the document that a piece of content is; `undefined` where it is neither. */
export function readablePart(content: McpContent): TextPart | DocumentPart | undefined {
  const { type, text, resource } = content
  if (type === 'text' && typeof text === 'string') return { type, text }
  if (type === 'resource' && isObject(resource) && typeof resource['text'] === 'string') return documentOf(resource)
  if (type === 'resource_link') return documentOf(content)
  return undefined
}

/** A resource, or a link to one, as a document of what it says. */
export function documentOf(resource: McpContent, id?: string): DocumentPart {
  const { uri, name, title, description, text } = resource
  const fields = Object.entries({ uri, name, title, description, text }).filter(([, value]) => value !== undefined)
  return { type: 'document', ...(id !== undefined && { id }), data: Object.fromEntries(fields) }
}

/** What a piece of content is, in words: `an image (image/png)`. */
export function kindOf(content: McpContent): string {
  const { type, resource } = content
  const { mimeType } = isObject(resource) ? resource : content
  const kind =
    type === 'image' ? 'an image' : type === 'audio' ? 'audio' : type === 'resource' ? 'a binary file' : 'data'
  return typeof mimeType === 'string' ? `${kind} (${mimeType})` : kind
}

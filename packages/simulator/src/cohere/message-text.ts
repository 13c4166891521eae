import type { ContentPart, Message } from './wire.ts'

/** The text of a message, whatever form its content has. */
export function textOf(message: Message): string {
  const { content } = message
  if (typeof content === 'string') return content
  return (content ?? []).map(textOfPart).join('')
}

function textOfPart(part: ContentPart): string {
  if (part.document !== undefined) return JSON.stringify(part.document)
  return part.text ?? ''
}

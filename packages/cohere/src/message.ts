import type { Message } from '@interlingua/core'

/** A turn of a conversation with Cohere: the neutral message says all that Cohere's own does. */
export type CohereMessage = Message

/** A turn that is a text and nothing else: Cohere's form of it is the same. */
interface PlainMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/**
 * A conversation of texts, whose form at Cohere is the one that it has here, or `undefined` where it has more: parts, tool
 * calls, results, an answer that says nothing, or a system message that is not at the beginning.
 */
export function plainMessages(messages: readonly CohereMessage[]): PlainMessage[] | undefined {
  const plain: PlainMessage[] = []
  for (const message of messages) {
    const { role, content, ...more }: Partial<CohereMessage> = message ?? {}
    if (typeof content !== 'string' || Object.keys(more).length > 0) return undefined
    if (role === 'user' || (role === 'assistant' && content !== '') || (role === 'system' && plain.length === 0)) {
      plain.push({ role, content })
    } else {
      return undefined
    }
  }
  return plain
}

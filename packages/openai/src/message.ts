import type { Message, ModelRequest } from '@interlingua/core/adapter'
import type { OpenAIResponsesTypes } from './responses/types.ts'
import type { OpenAITypes } from './types.ts'

/**
 * A turn of a conversation. What OpenAI has beyond the neutral message goes into `providerFields`, by the provider's name and
 * then by OpenAI's: `{ role: 'user', content: 'Hi', providerFields: { openai: { name: 'Ada' } } }`.
 */
export type OpenAIMessage = Message

/** A turn that is a text and nothing else: OpenAI's form of it is the same, in both of its APIs. */
export interface PlainMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** A conversation of texts, or `undefined` where it has more: parts, tool calls, results, or an answer that says nothing. */
export function plainMessages(messages: readonly OpenAIMessage[]): PlainMessage[] | undefined {
  const plain: PlainMessage[] = []
  for (const message of messages) {
    const { role, content, ...more }: Partial<OpenAIMessage> = message ?? {}
    if (typeof content !== 'string' || Object.keys(more).length > 0) return undefined
    if (role !== 'user' && role !== 'system' && (role !== 'assistant' || content === '')) return undefined
    plain.push({ role, content })
  }
  return plain
}

/** The conversation of a call that brings texts and nothing else: no parameter, and no tool. */
export function plainCall({
  messages,
  config: { tools, toolChoice },
  params,
}: Pick<ModelRequest<OpenAITypes | OpenAIResponsesTypes>, 'messages' | 'config' | 'params'>):
  | PlainMessage[]
  | undefined {
  const isPlain = Object.values({ ...params, tools, toolChoice }).every((value) => value === undefined)
  return isPlain ? plainMessages(messages) : undefined
}

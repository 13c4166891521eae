import type { AssistantMessage } from '@interlingua/core'

/** What was said, without what a provider keeps for itself: ids of another answer are others. */
export function spoken({ content, plan, toolCalls, provider }: AssistantMessage): unknown {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  const texts = parts.map((part) => [part.type, 'text' in part ? part.text : ''])
  return { texts, plan, provider, calls: toolCalls?.map(({ name, args }) => ({ name, args })) }
}

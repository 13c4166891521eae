import { textOfJson } from '../json.ts'
import { countTokens } from '../tokens.ts'
import { imageTokens } from './image.ts'
import type { ChatRequest, Message } from './wire.ts'

// Documented at https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken: three tokens around each message,
// and three that begin the answer.
const aroundMessage = 3
const aroundAnswer = 3
// Documented there for tools: seven for each, and twelve for all.
const aroundTool = 7
const aroundTools = 12
// Recorded: counts of cached tokens are multiples of this, and there are none below.
const cacheBlock = 128
const leastCached = 1024

/** About how many tokens a request's messages and tools are. */
export function chatTokens({ messages, tools }: ChatRequest): number {
  return (
    sum(messages, messageTokens) + aroundAnswer + toolTokens((tools ?? []).map((tool) => tool.function ?? tool.custom))
  )
}

/** About how many tokens tools are. */
export function toolTokens(tools: readonly unknown[]): number {
  if (tools.length === 0) return 0
  return aroundTools + sum(tools, (tool) => aroundTool + countTokens(textOfJson(tool).replace(/["{}[\],:]+/g, ' ')))
}

/** The tokens of texts that are a message each. */
export function textTokens(texts: readonly string[]): number {
  return sum(texts, (text) => countTokens(text) + aroundMessage) + aroundAnswer
}

/** How many of the tokens that were read before are in the cache. */
export function cachedTokens(before: number): number {
  return before < leastCached ? 0 : before - (before % cacheBlock)
}

function messageTokens({ content, tool_calls: calls }: Message): number {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? [])
  const called = sum(calls ?? [], (call) => countTokens(textOfJson(call.function ?? call.custom)))
  return (
    aroundMessage +
    called +
    sum(parts, ({ type, text }) => (type === 'image_url' ? imageTokens : countTokens(text ?? '')))
  )
}

function sum<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((total, item) => total + measure(item), 0)
}

import {
  type AssistantMessage,
  type Citation,
  type Message,
  type TextPart,
  type ThinkingPart,
  type ToolCall,
  withoutUndefined,
} from '@interlingua/core'
import type { Loose, WireAssistantMessage, WireCitation, WireContent, WireMessage, WireToolCall } from './wire.ts'

/** A turn of a conversation with Cohere: the neutral message says all that Cohere's own does. */
export type CohereMessage = Message

/** A neutral message in Cohere's form. What came from Cohere goes back as it came. */
export function encodeMessage(message: CohereMessage): WireMessage {
  if (message.role === 'assistant') return encodeAssistantMessage(message)
  const { role, content } = message
  return { role, content: typeof content === 'string' ? content : content.map(({ text }) => ({ type: 'text', text })) }
}

function encodeAssistantMessage({ content, plan, toolCalls, citations }: AssistantMessage): WireAssistantMessage {
  const encoded = typeof content === 'string' ? content : content.map(encodeContent)
  return withoutUndefined({
    role: 'assistant' as const,
    // Cohere leaves `content` out of a message that only calls tools.
    content: encoded.length > 0 ? encoded : undefined,
    tool_plan: plan,
    tool_calls: toolCalls?.map(encodeToolCall),
    citations: citations?.map(encodeCitation),
  })
}

function encodeContent({ type, text }: TextPart | ThinkingPart): WireContent {
  return type === 'text' ? { type, text } : { type, thinking: text }
}

function encodeToolCall({ id, name, raw }: ToolCall): WireToolCall {
  return { id, type: 'function', function: { name, arguments: raw } }
}

const citationTypes = { text: 'TEXT_CONTENT', thinking: 'THINKING_CONTENT', plan: 'PLAN' } as const

function encodeCitation({ start, end, text, sources, target, contentIndex }: Citation): WireCitation {
  return withoutUndefined({
    start,
    end,
    text,
    sources: sources.map(({ type, id, data }) =>
      withoutUndefined(type === 'document' ? { type, id, document: data } : { type, id, tool_output: data }),
    ),
    type: citationTypes[target],
    content_index: contentIndex,
  })
}

const targets = { TEXT_CONTENT: 'text', THINKING_CONTENT: 'thinking', PLAN: 'plan' } as const

/** A citation in neutral form. */
export function decodeCitation(citation: Loose<WireCitation>): Citation {
  const { start = 0, end = 0, text = '', sources = [], type = 'TEXT_CONTENT', content_index: contentIndex } = citation
  return withoutUndefined({
    start,
    end,
    text,
    sources: sources.map(({ type: kind, id, document, tool_output: output }) =>
      withoutUndefined({ type: kind, id, data: document ?? output }),
    ),
    target: targets[type] ?? 'text',
    contentIndex,
  })
}

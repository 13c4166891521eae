import {
  type CarriedMessage,
  type HistoryRules,
  type Message,
  type SystemMessage,
  type TextPart,
  type ThinkingPart,
  type ToolCall,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { checkMessages, imageUrl } from '@interlingua/core/encoding'
import { carryHistory } from '@interlingua/core/history'
import { encodeCitation } from './citation-encoding.ts'
import type {
  WireAssistantMessage,
  WireContent,
  WireMessage,
  WireSystemMessage,
  WireToolCall,
  WireToolMessage,
  WireUserMessage,
} from './wire.ts'

/** What v2 has a place for. A plan and citations have one each; ids of tool calls are taken as they are. */
const historyRules: HistoryRules<'image', 'thinking', 'document'> = {
  provider: 'cohere',
  displayName: 'Cohere',
  user: ['image'],
  assistant: ['thinking'],
  tool: ['document'],
  systemFirst: true,
  plan: true,
  citations: true,
}

/** A turn with what Cohere has a place for. */
type Carried = CarriedMessage<typeof historyRules>
/** Such a turn of one role. */
type CarriedOf<Role extends Carried['role']> = Extract<Carried, { readonly role: Role }>

/**
 * A conversation in Cohere's form. What came from Cohere goes back as it came. Cohere takes one system message, and takes
 * it first: several at the beginning become one, and one from further down moves up, which is told. What is no message
 * throws an error of code `invalid_request`.
 */
export function encodeMessages(
  messages: readonly Message[],
  toolNames: ToolNames,
  unsupported: UnsupportedFeatures,
): WireMessage[] {
  checkMessages(messages)
  const turns = carryHistory(messages, historyRules, unsupported)
  const system = turns.filter((turn) => turn.role === 'system')
  const rest = turns.filter((turn) => turn.role !== 'system').map((turn) => encodeTurn(turn, toolNames))
  return system.length > 0 ? [encodeSystem(system), ...rest] : rest
}

function encodeSystem(messages: readonly SystemMessage[]): WireSystemMessage {
  const [only] = messages
  if (messages.length === 1 && typeof only?.content === 'string') return { role: 'system', content: only.content }
  const parts = messages.flatMap(({ content }) =>
    typeof content === 'string' ? [{ type: 'text', text: content } as const] : content.map(encodeText),
  )
  return { role: 'system', content: parts }
}

function encodeTurn(message: Exclude<Carried, SystemMessage>, toolNames: ToolNames): WireMessage {
  if (message.role === 'user') return encodeUser(message)
  return message.role === 'tool' ? encodeToolResult(message) : encodeAssistant(message, toolNames)
}

function encodeUser({ role, content }: CarriedOf<'user'>): WireUserMessage {
  if (typeof content === 'string') return { role, content }
  const parts = content.map((part) => {
    if (part.type === 'text') return encodeText(part)
    return { type: 'image_url' as const, image_url: withoutUndefined({ url: imageUrl(part), detail: part.detail }) }
  })
  return { role, content: parts }
}

function encodeAssistant(
  { content, plan, toolCalls, citations }: CarriedOf<'assistant'>,
  toolNames: ToolNames,
): WireAssistantMessage {
  const encoded = typeof content === 'string' ? content : content.map(encodeContent)
  const saysNothing = encoded.length === 0 && !plan && (toolCalls === undefined || toolCalls.length === 0)
  return withoutUndefined({
    role: 'assistant' as const,
    // Cohere leaves `content` out of a message that only calls tools, and begins one that says nothing with an empty list.
    content: encoded.length > 0 ? encoded : saysNothing ? [] : undefined,
    tool_plan: plan,
    tool_calls: toolCalls?.map((call) => encodeToolCall(call, toolNames)),
    citations: citations?.map(encodeCitation),
  })
}

function encodeToolResult({ role, toolCallId, content }: CarriedOf<'tool'>): WireToolMessage {
  if (typeof content === 'string') return { role, tool_call_id: toolCallId, content }
  const parts = content.map((part) => {
    if (part.type === 'text') return encodeText(part)
    return { type: 'document' as const, document: withoutUndefined({ id: part.id, data: part.data }) }
  })
  return { role, tool_call_id: toolCallId, content: parts }
}

function encodeText({ type, text }: TextPart): { type: 'text'; text: string } {
  return { type, text }
}

function encodeContent(part: TextPart | ThinkingPart): WireContent {
  return part.type === 'text' ? encodeText({ ...part, type: 'text' }) : { type: 'thinking', thinking: part.text }
}

function encodeToolCall(call: ToolCall, toolNames: ToolNames): WireToolCall {
  const { id, name } = call
  return { id, type: 'function', function: { name: toolNames.encode(name), arguments: rawOf(call) } }
}

/** The arguments as the model wrote them. A call that was written by hand, in plain JavaScript, may have only their value. */
function rawOf({ raw, args }: Partial<ToolCall>): string {
  return raw ?? JSON.stringify(args ?? {})
}

import {
  type AssistantMessage,
  type Citation,
  type CitationSource,
  type DocumentPart,
  type ImagePart,
  type Message,
  type TextPart,
  type ThinkingPart,
  type ToolCall,
  type Warning,
  withoutUndefined,
} from '@interlingua/core'
import { isJsonObject, type JsonObject, objectsOf, textOf } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import { parsed } from '../openai-chat/decode-message.ts'

/** The messages of Cohere's chat in neutral words. */
export function decodeMessages(messages: readonly unknown[], warnings: Warning[]): Message[] {
  return messages.map((message, index) => {
    if (!isJsonObject(message)) throw badRequest(`invalid request: messages[${index}] must be an object`, 'messages')
    return decodeMessage(message, { place: `messages[${index}]`, warnings })
  })
}

interface Place {
  readonly place: string
  readonly warnings: Warning[]
}

function decodeMessage(message: JsonObject, at: Place): Message {
  const { role, content } = message
  switch (role) {
    case 'system':
      return { role, content: decodeParts(content, at, textPart) }
    case 'user':
      return { role, content: decodeParts(content, at, (part) => textPart(part) ?? imagePart(part)) }
    case 'assistant':
      return decodeAssistant(message, at)
    case 'tool': {
      const parts = decodeParts(content, at, (part) => textPart(part) ?? documentPart(part))
      return { role, toolCallId: textOf(message['tool_call_id']) ?? '', content: parts }
    }
    default:
      throw badRequest(`invalid request: ${at.place}.role must be one of: system, user, assistant, tool`, 'messages')
  }
}

function decodeParts<Part>(
  content: unknown,
  { place, warnings }: Place,
  read: (part: JsonObject) => Part | undefined,
): string | Part[] {
  if (typeof content === 'string') return content
  return objectsOf(content).flatMap((part, index) => {
    const known = read(part)
    if (known !== undefined) return [known]
    const field = `${place}.content[${index}]`
    const message = `${field}: a part of type ${JSON.stringify(part['type'])} has no neutral form; it is left out.`
    warnings.push({ code: 'unsupported', field, message })
    return []
  })
}

function textPart({ type, text }: JsonObject): TextPart | undefined {
  return type === 'text' && typeof text === 'string' ? { type, text } : undefined
}

function imagePart({ type, image_url: image }: JsonObject): ImagePart | undefined {
  if (type !== 'image_url' || !isJsonObject(image) || typeof image['url'] !== 'string') return undefined
  const { url, detail } = image
  return { type: 'image', url, ...((detail === 'auto' || detail === 'low' || detail === 'high') && { detail }) }
}

function documentPart({ type, document }: JsonObject): DocumentPart | undefined {
  if (type !== 'document' || !isJsonObject(document)) return undefined
  const { id, data } = document
  if (typeof data !== 'string' && !isJsonObject(data)) return undefined
  return withoutUndefined({ type: 'document' as const, id: textOf(id), data })
}

/** What a message of Cohere's says beyond text is Cohere's: another provider is told what it can take of it. */
function decodeAssistant(message: JsonObject, at: Place): AssistantMessage {
  const { content, tool_plan: plan, tool_calls: calls, citations: cited } = message
  const toolCalls = objectsOf(calls).map(decodeCall)
  const citations = objectsOf(cited).map(decodeCitation)
  const carried = isJsonObject(message['interlingua']) ? message['interlingua'] : {}
  return withoutUndefined({
    role: 'assistant' as const,
    content: decodeParts(content ?? [], at, (part) => textPart(part) ?? thinkingPart(part)),
    plan: textOf(plan) || undefined,
    toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
    citations: citations.length > 0 ? citations : undefined,
    provider: textOf(carried['provider']) ?? 'cohere',
  })
}

function thinkingPart({ type, thinking }: JsonObject): ThinkingPart | undefined {
  return type === 'thinking' && typeof thinking === 'string' ? { type, text: thinking } : undefined
}

function decodeCall({ id, function: called }: JsonObject): ToolCall {
  const inner = isJsonObject(called) ? called : {}
  const raw = textOf(inner['arguments']) ?? ''
  return { id: textOf(id) ?? '', name: textOf(inner['name']) ?? '', raw, args: parsed(raw) }
}

const targets: Readonly<Record<string, Citation['target']>> = {
  TEXT_CONTENT: 'text',
  THINKING_CONTENT: 'thinking',
  PLAN: 'plan',
}

function decodeCitation({ start, end, text, sources, type, content_index: index }: JsonObject): Citation {
  return withoutUndefined({
    start: Number(start ?? 0),
    end: Number(end ?? 0),
    text: textOf(text) ?? '',
    sources: objectsOf(sources).map(decodeSource),
    target: targets[String(type)],
    contentIndex: typeof index === 'number' ? index : undefined,
  })
}

function decodeSource({ type, id, document, tool_output: output }: JsonObject): CitationSource {
  const data = document ?? output
  return withoutUndefined({
    type: textOf(type) ?? 'document',
    id: textOf(id),
    data: isJsonObject(data) ? data : undefined,
  })
}

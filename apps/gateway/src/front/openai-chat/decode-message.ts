import {
  type AssistantMessage,
  type AudioPart,
  bytesOfBase64,
  type FilePart,
  type ImagePart,
  type Message,
  type RefusalPart,
  type TextPart,
  type ThinkingPart,
  type ToolCall,
  type UserMessage,
  type Warning,
  withoutUndefined,
} from '@interlingua/core'
import { isJsonObject, type JsonObject, objectsOf, textOf } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import { decodeCarried } from '../carried-fields.ts'

/** The messages of a chat completion in neutral words. */
export function decodeMessages(messages: readonly unknown[], warnings: Warning[]): Message[] {
  return messages.map((message, index) => {
    if (!isJsonObject(message))
      throw badRequest(`Invalid type for 'messages[${index}]': expected an object.`, 'messages')
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
    case 'developer':
      return { role: 'system', content: decodeTexts(content, at) }
    case 'user':
      return { role, content: decodeGiven(content, at), ...named(message) }
    case 'assistant':
      return decodeAssistant(message, at)
    case 'tool':
      return { role, toolCallId: textOf(message['tool_call_id']) ?? '', content: decodeTexts(content, at) }
    default:
      throw badRequest(
        `Invalid value: '${String(role)}'. Supported values are: 'system', 'assistant', 'user', 'tool', and 'developer'.`,
        `${at.place}.role`,
      )
  }
}

function named({ name }: JsonObject): Pick<UserMessage, 'providerFields'> {
  return typeof name === 'string' ? { providerFields: { openai: { name } } } : {}
}

function decodeTexts(content: unknown, at: Place): string | TextPart[] {
  if (typeof content === 'string') return content
  return objectsOf(content).flatMap((part, index): TextPart[] => {
    const text = textOf(part['text'])
    if (text === undefined) tellUnread(part, index, at)
    return text === undefined ? [] : [{ type: 'text', text }]
  })
}

function decodeGiven(content: unknown, at: Place): UserMessage['content'] {
  if (typeof content === 'string') return content
  return objectsOf(content).flatMap((part, index): (TextPart | ImagePart | AudioPart | FilePart)[] => {
    const read = decodeGivenPart(part)
    if (read === undefined) tellUnread(part, index, at)
    return read === undefined ? [] : [read]
  })
}

function decodeGivenPart(part: JsonObject): TextPart | ImagePart | AudioPart | FilePart | undefined {
  const { type, text, image_url: image, input_audio: audio, file } = part
  if (type === 'text' && typeof text === 'string') return { type, text }
  if (type === 'image_url') {
    const { url, detail } = isJsonObject(image) ? image : { url: image }
    if (typeof url !== 'string') return undefined
    return { type: 'image', url, ...((detail === 'auto' || detail === 'low' || detail === 'high') && { detail }) }
  }
  if (type === 'input_audio' && isJsonObject(audio) && typeof audio['data'] === 'string') {
    const format = textOf(audio['format']) ?? 'wav'
    return {
      type: 'audio',
      data: bytesOf(audio['data']),
      mediaType: format === 'mp3' ? 'audio/mpeg' : `audio/${format}`,
    }
  }
  return type === 'file' && isJsonObject(file) ? decodeFile(file) : undefined
}

/** A file by its id, its address, or as a `data:` URL. */
export function decodeFile({ file_id: id, file_data: data, filename }: JsonObject): FilePart | undefined {
  if (typeof id === 'string') return { type: 'file', id }
  if (typeof data !== 'string') return undefined
  const name = textOf(filename)
  const [, mediaType, base64] = /^data:([^;,]+);base64,(.*)$/s.exec(data) ?? []
  const file: FilePart =
    mediaType === undefined || base64 === undefined
      ? { type: 'file', url: data }
      : { type: 'file', data: bytesOf(base64), mediaType }
  return { ...file, ...(name !== undefined && { name }) }
}

function bytesOf(base64: string): Uint8Array {
  try {
    return bytesOfBase64(base64)
  } catch {
    throw badRequest('The data of a part is not Base64.', 'messages')
  }
}

function decodeAssistant(message: JsonObject, at: Place): AssistantMessage {
  const { content, refusal, tool_calls: calls, function_call: call } = message
  const thoughts = textOf(message['reasoning_content']) ?? textOf(message['reasoning'])
  const parts: (TextPart | ThinkingPart | RefusalPart)[] = []
  if (thoughts) parts.push({ type: 'thinking', text: thoughts })
  if (typeof content === 'string') {
    if (content !== '') parts.push({ type: 'text', text: content })
  } else {
    for (const [index, part] of objectsOf(content).entries()) {
      const [text, refused] = [textOf(part['text']), textOf(part['refusal'])]
      if (text !== undefined) parts.push({ type: 'text', text })
      else if (refused === undefined) tellUnread(part, index, at)
      else parts.push({ type: 'refusal', text: refused })
    }
  }
  if (typeof refusal === 'string' && refusal !== '') parts.push({ type: 'refusal', text: refusal })
  if (message['audio']) tellUnread({ type: 'audio' }, parts.length, at)
  const older = isJsonObject(call) ? [{ id: 'call_0', function: call }] : []
  const toolCalls = [...objectsOf(calls), ...older].map(decodeCall)
  return withoutUndefined({
    role: 'assistant' as const,
    content: parts,
    toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
    ...decodeCarried(message['interlingua']),
  })
}

function decodeCall(call: JsonObject): ToolCall {
  const { id, function: called, custom } = call
  const inner = isJsonObject(called) ? called : isJsonObject(custom) ? custom : {}
  const raw = textOf(inner['arguments']) ?? textOf(inner['input']) ?? ''
  const head = { id: textOf(id) ?? '', name: textOf(inner['name']) ?? '', raw }
  return isJsonObject(custom) ? { ...head, args: raw, format: 'text' } : { ...head, args: parsed(raw) }
}

/** What was sent back is not judged: it goes as it is. */
export function parsed(raw: string): unknown {
  try {
    return raw.trim() === '' ? {} : JSON.parse(raw)
  } catch {
    return undefined
  }
}

function tellUnread({ type }: JsonObject, index: number, { place, warnings }: Place): void {
  const field = `${place}.content[${index}]`
  const message = `${field}: a part of type ${JSON.stringify(type)} has no neutral form; it is left out.`
  warnings.push({ code: 'unsupported', field, message })
}

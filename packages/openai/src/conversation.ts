import {
  type CarriedMessage,
  type HistoryRules,
  type Message,
  type ProviderFields,
  type ToolCall,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { base64, checkMessages, dataUrl, imageUrl } from '@interlingua/core/encoding'
import { carryHistory } from '@interlingua/core/history'
import type { OpenAIDialect } from './dialects/dialect.ts'
import type { OpenAIMessage } from './message.ts'
import type {
  WireAssistantMessage,
  WireMessage,
  WireSystemMessage,
  WireTextPart,
  WireToolCall,
  WireToolMessage,
  WireUserMessage,
} from './wire.ts'

type Rules = HistoryRules<'image' | 'audio' | 'file', 'thinking' | 'refusal' | 'audio', never>
type Carried = CarriedMessage<Rules>
type CarriedOf<Role extends Carried['role']> = Extract<Carried, { readonly role: Role }>

/** What encoding messages takes. */
export interface MessageOptions {
  readonly dialect: OpenAIDialect
  readonly toolNames: ToolNames
  readonly unsupported: UnsupportedFeatures
  readonly systemRole: 'system' | 'developer' | undefined
}

/**
 * A conversation in OpenAI's form. What came from this server goes back as it came, as far as it takes it back; what came
 * from another is carried over in the nearest way, which is told. What is no message throws an error of code
 * `invalid_request`.
 */
export function encodeMessages(messages: readonly OpenAIMessage[], options: MessageOptions): WireMessage[] {
  checkMessages(messages)
  const encoder = new MessageEncoder(options)
  const { dialect, unsupported } = options
  const own = messages.map((message) => withoutOwnThoughts(message, dialect))
  return carryHistory(own, rulesOf(dialect), unsupported).map((message) => encoder.encode(message))
}

function rulesOf({ name, displayName, media, thinking, takesRefusal = false, toolCallId }: OpenAIDialect): Rules {
  const takes = thinking?.takes ?? 'nothing'
  const said = takesRefusal ? (['refusal'] as const) : []
  return {
    provider: name,
    displayName,
    user: media ?? ['image', 'audio', 'file'],
    assistant: takes === 'any' ? ['thinking', ...said] : said,
    // What was spoken is named by its id, which only its server knows.
    own: takes === 'own' ? ['thinking', 'audio'] : ['audio'],
    tool: [],
    plan: false,
    citations: false,
    ...(toolCallId && { toolCallId }),
  }
}

/**
 * A server that shows thoughts and reads none is sent none of its own, and nothing is lost that it would read. Where it shows
 * none, such as in OpenAI's chat completions, they come from another of its APIs, and are told like all others.
 */
function withoutOwnThoughts(message: Message, { name, thinking }: OpenAIDialect): Message {
  if (message.role !== 'assistant' || message.provider !== name || typeof message.content === 'string') return message
  if (thinking === undefined || (thinking.takes ?? 'nothing') !== 'nothing') return message
  return { ...message, content: message.content.filter(({ type }) => type !== 'thinking') }
}

class MessageEncoder {
  readonly #options: MessageOptions

  constructor(options: MessageOptions) {
    this.#options = options
  }

  encode(message: Carried): WireMessage {
    switch (message.role) {
      case 'system':
        return this.#system(message)
      case 'user':
        return this.#user(message)
      case 'assistant':
        return this.#assistant(message)
      default:
        return this.#result(message)
    }
  }

  #system({ content, providerFields }: CarriedOf<'system'>): WireSystemMessage {
    const { systemRole: role = 'system' } = this.#options
    return {
      role,
      content: typeof content === 'string' ? content : content.map((part) => this.#text(part)),
      ...this.#own(providerFields),
    }
  }

  #user({ role, content, providerFields }: CarriedOf<'user'>): WireUserMessage {
    const own = this.#own(providerFields)
    if (typeof content === 'string') return { role, content, ...own }
    return { role, content: content.map((part) => this.#given(part)), ...own }
  }

  #given(
    part: Exclude<CarriedOf<'user'>['content'], string>[number],
  ): Exclude<WireUserMessage['content'], string>[number] {
    if (part.type === 'text') return this.#text(part)
    if (part.type === 'image') {
      return { type: 'image_url', image_url: withoutUndefined({ url: imageUrl(part), detail: part.detail }) }
    }
    const own = this.#own(part.providerFields)
    if (part.type === 'audio') {
      const { data, mediaType } = part
      return { type: 'input_audio', input_audio: { data: base64(data), format: audioFormat(mediaType) }, ...own }
    }
    if ('id' in part) return { type: 'file', file: { file_id: part.id }, ...own }
    const file = { file_data: 'url' in part ? part.url : dataUrl(part), filename: part.name }
    return { type: 'file', file: withoutUndefined(file), ...own }
  }

  #assistant({ role, content, toolCalls, providerFields }: CarriedOf<'assistant'>): WireAssistantMessage {
    const { dialect } = this.#options
    const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
    const thoughts = textOf(parts, 'thinking')
    const audio = parts.find((part) => part.type === 'audio')?.providerFields?.[dialect.name]?.['id']
    const calls = toolCalls?.map((call) => this.#call(call))
    const hasCalls = calls !== undefined && calls.length > 0
    const field = dialect.thinking?.field
    return {
      role,
      ...this.#said(parts, hasCalls || audio !== undefined),
      ...(thoughts !== '' && field !== undefined && field !== 'content' && { [field]: thoughts }),
      ...(typeof audio === 'string' && { audio: { id: audio } }),
      ...(hasCalls && { tool_calls: calls }),
      ...this.#takenBack(providerFields),
    }
  }

  /** A message that says nothing beside its calls has no content. */
  #said(
    parts: Exclude<CarriedOf<'assistant'>['content'], string>,
    saysMore: boolean,
  ): Pick<WireAssistantMessage, 'content' | 'refusal'> {
    const isAmongContent = this.#options.dialect.thinking?.field === 'content'
    const thoughts = isAmongContent ? parts.filter((part) => part.type === 'thinking') : []
    const texts = parts.filter((part) => part.type === 'text')
    const refusal = textOf(parts, 'refusal')
    const hasOwn = texts.some(({ providerFields }) => Object.keys(this.#own(providerFields)).length > 0)
    const told = refusal === '' ? {} : { refusal }
    if (thoughts.length > 0 || texts.length > 1 || hasOwn) {
      const among = thoughts.map(({ text }) => ({
        type: 'thinking' as const,
        thinking: [{ type: 'text' as const, text }],
      }))
      return { content: [...among, ...texts.map((part) => this.#text(part))], ...told }
    }
    const [only] = texts
    if (only !== undefined) return { content: only.text, ...told }
    // OpenAI leaves the content out, or sends null; others want a text in any case.
    return saysMore || refusal !== '' ? told : { content: '' }
  }

  #call({ id, name, raw, args, format, providerFields }: ToolCall): WireToolCall {
    const wireName = this.#options.toolNames.encode(name)
    const own = this.#own(providerFields)
    // A call that was written by hand, in plain JavaScript, may have only its value.
    const text = typeof raw === 'string' ? raw : typeof args === 'string' ? args : JSON.stringify(args ?? {})
    if (format === 'text') return { id, type: 'custom', custom: { name: wireName, input: text }, ...own }
    // A call without arguments came as no text at all, which is no JSON.
    return { id, type: 'function', function: { name: wireName, arguments: text.trim() === '' ? '{}' : text }, ...own }
  }

  #result({ role, toolCallId, content, providerFields }: CarriedOf<'tool'>): WireToolMessage {
    const told = typeof content === 'string' ? content : content.map((part) => this.#text(part))
    return { role, tool_call_id: toolCallId, content: told, ...this.#own(providerFields) }
  }

  #text({ text, providerFields }: { readonly text: string; readonly providerFields?: ProviderFields }): WireTextPart {
    return { type: 'text', text, ...this.#own(providerFields) }
  }

  #own(fields: ProviderFields | undefined): Readonly<Record<string, unknown>> {
    return fields?.[this.#options.dialect.name] ?? {}
  }

  /** The fields of a message that its server takes back, and no others: many servers refuse what they do not know. */
  #takenBack(fields: ProviderFields | undefined): Readonly<Record<string, unknown>> {
    const { takesBack = [] } = this.#options.dialect
    return Object.fromEntries(Object.entries(this.#own(fields)).filter(([name]) => takesBack.includes(name)))
  }
}

function textOf(parts: readonly { readonly type: string; readonly text?: string }[], type: string): string {
  return parts.map((part) => (part.type === type ? (part.text ?? '') : '')).join('')
}

/** `audio/mpeg` is `mp3` here, and of any other the name is the format. */
function audioFormat(mediaType: string): string {
  const name = mediaType.replace(/^audio\/(x-)?/, '').replace(/;.*$/, '')
  return name === 'mpeg' ? 'mp3' : name === 'wave' ? 'wav' : name
}

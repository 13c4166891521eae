import {
  type AssistantMessage,
  type FilePart,
  type ImagePart,
  type Message,
  type RefusalPart,
  type TextPart,
  type ThinkingPart,
  type ToolCall,
  type ToolMessage,
  type Warning,
  withoutUndefined,
} from '@interlingua/core'
import { type JsonObject, objectsOf, textOf } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import { decodeCarried } from '../carried-fields.ts'
import { decodeFile, parsed } from '../openai-chat/decode-message.ts'
import { planPrefix } from './item-id.ts'

/** The input of the Responses API in neutral words: what the assistant said in several items is one message. */
export function decodeInput(input: unknown, warnings: Warning[]): Message[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  const reader = new InputReader(warnings)
  for (const [index, item] of objectsOf(input).entries()) reader.read(item, `input[${index}]`)
  return reader.end()
}

/** What the assistant has said since somebody else spoke. */
interface Said {
  readonly content: (TextPart | ThinkingPart | RefusalPart)[]
  readonly toolCalls: ToolCall[]
  plan: string
  carried: ReturnType<typeof decodeCarried>
}

class InputReader {
  readonly #messages: Message[] = []
  readonly #warnings: Warning[]
  #said: Said | undefined

  constructor(warnings: Warning[]) {
    this.#warnings = warnings
  }

  read(item: JsonObject, place: string): void {
    switch (item['type'] ?? 'message') {
      case 'message':
        return this.#message(item, place)
      case 'reasoning':
        return this.#reasoning(item)
      case 'function_call':
        this.#assistant().toolCalls.push(callOf(item, textOf(item['arguments']) ?? ''))
        return
      case 'custom_tool_call': {
        const raw = textOf(item['input']) ?? ''
        this.#assistant().toolCalls.push({ ...callOf(item, raw), args: raw, format: 'text' })
        return
      }
      case 'function_call_output':
      case 'custom_tool_call_output':
        this.#flush()
        this.#messages.push(this.#result(item, place))
        return
      default:
        this.#tell(place, `an item of type ${JSON.stringify(item['type'])} has no neutral form`)
    }
  }

  end(): Message[] {
    this.#flush()
    return this.#messages
  }

  #message(item: JsonObject, place: string): void {
    const { role, content } = item
    if (role === 'assistant') {
      const said = this.#assistant()
      said.carried = { ...said.carried, ...decodeCarried(item['interlingua']) }
      if (typeof content === 'string') said.content.push({ type: 'text', text: content })
      else for (const part of this.#parts(content, place)) if (isSaid(part)) said.content.push(part)
      return
    }
    this.#flush()
    const parts = typeof content === 'string' ? content : this.#parts(content, place)
    if (role === 'user') {
      this.#messages.push({ role, content: typeof parts === 'string' ? parts : parts.filter(isGiven) })
    } else if (role === 'system' || role === 'developer') {
      const texts = typeof parts === 'string' ? parts : parts.filter((part) => part.type === 'text')
      this.#messages.push({ role: 'system', content: texts })
    } else {
      throw badRequest(
        `Invalid value: '${String(role)}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.`,
        `${place}.role`,
      )
    }
  }

  #reasoning({ id, summary, content }: JsonObject): void {
    const texts = [...objectsOf(content), ...objectsOf(summary)].map(({ text }) => textOf(text) ?? '').join('')
    const said = this.#assistant()
    if (textOf(id)?.startsWith(planPrefix)) said.plan += texts
    else if (texts !== '') said.content.push({ type: 'thinking', text: texts })
  }

  #result({ call_id: id, output }: JsonObject, place: string): ToolMessage {
    const content = typeof output === 'string' ? output : this.#parts(output, place).filter(isTold)
    return { role: 'tool', toolCallId: textOf(id) ?? '', content }
  }

  #parts(content: unknown, place: string): (TextPart | RefusalPart | ImagePart | FilePart)[] {
    return objectsOf(content).flatMap((part, index) => {
      const read = decodePart(part)
      if (read === undefined)
        this.#tell(`${place}.content[${index}]`, `a part of type ${JSON.stringify(part['type'])} has no neutral form`)
      return read === undefined ? [] : [read]
    })
  }

  #assistant(): Said {
    this.#said ??= { content: [], toolCalls: [], plan: '', carried: {} }
    return this.#said
  }

  #flush(): void {
    if (!this.#said) return
    const { content, toolCalls, plan, carried } = this.#said
    this.#said = undefined
    const message: AssistantMessage = withoutUndefined({
      role: 'assistant' as const,
      content,
      plan: plan === '' ? undefined : plan,
      toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
      ...carried,
    })
    this.#messages.push(message)
  }

  #tell(field: string, problem: string): void {
    this.#warnings.push({ code: 'unsupported', field, message: `${field}: ${problem}; it is left out.` })
  }
}

function callOf({ call_id: id, name }: JsonObject, raw: string): ToolCall {
  return { id: textOf(id) ?? '', name: textOf(name) ?? '', raw, args: parsed(raw) }
}

function decodePart(part: JsonObject): TextPart | RefusalPart | ImagePart | FilePart | undefined {
  const { type, text, refusal, image_url: image, detail } = part
  if ((type === 'input_text' || type === 'output_text' || type === 'text') && typeof text === 'string') {
    return { type: 'text', text }
  }
  if (type === 'refusal' && typeof refusal === 'string') return { type, text: refusal }
  if (type === 'input_image' && typeof image === 'string') {
    return {
      type: 'image',
      url: image,
      ...((detail === 'auto' || detail === 'low' || detail === 'high') && { detail }),
    }
  }
  if (type !== 'input_file') return undefined
  const { file_url: url } = part
  return typeof url === 'string' ? { type: 'file', url } : decodeFile(part)
}

type Part = TextPart | RefusalPart | ImagePart | FilePart

function isSaid(part: Part): part is TextPart | RefusalPart {
  return part.type === 'text' || part.type === 'refusal'
}

function isGiven(part: Part): part is TextPart | ImagePart | FilePart {
  return part.type !== 'refusal'
}

function isTold(part: Part): part is TextPart | ImagePart | FilePart {
  return part.type !== 'refusal'
}

import { OpenCalls } from './history-calls.ts'
import { placeholderOf } from './history-placeholder.ts'
import type { CarriedMessage, HistoryRules } from './history-rules.ts'
import type {
  AssistantMessage,
  DocumentPart,
  Message,
  SystemMessage,
  TextPart,
  ToolMessage,
  UserMessage,
} from './message.ts'
import type { UnsupportedFeatures } from './unsupported.ts'

/**
 * A conversation as a provider's wire has a place for it. What a provider said itself stays as it is. What another one said,
 * or what this one does not take, is said in the nearest way, and told with the place where it stands:
 *
 * - instructions that may stand at the beginning only move there
 * - a part that cannot be given (an image, audio, a file) becomes a text that stands for it
 * - thinking that has no place is left out, and so are citations; a plan, a refusal and a transcript become text
 * - an id of a tool call that the provider does not take is replaced, in the call and in its result
 * - a result whose call is missing becomes a message of the user, and a call whose result is missing gets one that says so
 *
 * `places` is told where each message of the assistant's stood.
 */
export function carryHistory<Rules extends HistoryRules>(
  messages: readonly Message[],
  rules: Rules,
  unsupported: UnsupportedFeatures,
  places?: Map<object, string>,
): CarriedMessage<Rules>[] {
  const carrier = new HistoryCarrier(rules, unsupported)
  for (const [index, message] of messages.entries()) {
    const carried = carrier.add(message, `messages[${index}]`)
    if (carried) places?.set(carried, `messages[${index}]`)
  }
  // What is left has only parts of the types that the rules name.
  return carrier.end() as CarriedMessage<Rules>[]
}

class HistoryCarrier {
  readonly #rules: HistoryRules
  readonly #unsupported: UnsupportedFeatures
  readonly #calls: OpenCalls
  readonly #carried: Message[] = []

  constructor(rules: HistoryRules, unsupported: UnsupportedFeatures) {
    this.#rules = rules
    this.#unsupported = unsupported
    this.#calls = new OpenCalls(rules.toolCallId)
  }

  /** Adds a message, and gives back what one of the assistant's became. */
  add(message: Message, field: string): AssistantMessage | undefined {
    if (message.role === 'assistant') {
      this.#answerOpenCalls()
      const said = this.#assistant(message, field)
      this.#carried.push(said)
      return said
    }
    if (message.role === 'tool') this.#addResult(message, field)
    else if (message.role === 'system') this.#addSystem(message, field)
    else {
      this.#answerOpenCalls()
      this.#carried.push(this.#user(message, field))
    }
    return undefined
  }

  end(): Message[] {
    // A conversation that ends with calls is not answered with results that nobody has: it is the caller's to go on.
    if (this.#carried.at(-1)?.role !== 'assistant') this.#answerOpenCalls()
    return this.#carried
  }

  #addSystem(message: SystemMessage, field: string): void {
    const { systemFirst = false, displayName } = this.#rules
    if (!systemFirst) {
      this.#answerOpenCalls()
      this.#carried.push(message)
      return
    }
    const start = this.#carried.findIndex(({ role }) => role !== 'system')
    if (start !== -1) {
      const problem = `${displayName} takes a system message only at the beginning of the conversation`
      this.#unsupported.add({ field, problem, instead: 'this one is moved there' })
    }
    this.#carried.splice(start === -1 ? this.#carried.length : start, 0, message)
  }

  #user(message: UserMessage, field: string): UserMessage {
    const { content } = message
    if (typeof content === 'string' || content.every(({ type }) => takes(this.#rules.user, type))) return message
    const parts = content.map((part, index) => {
      if (part.type === 'text' || takes(this.#rules.user, part.type)) return part
      return this.#standIn(placeholderOf(part), part.type, `${field}.content[${index}]`)
    })
    return { ...message, content: parts }
  }

  #assistant(message: AssistantMessage, field: string): AssistantMessage {
    const { plan, citations, toolCalls, ...rest } = message
    const isOwn = message.provider === this.#rules.provider
    const said = this.#said(message, field)
    if (plan !== undefined && !this.#rules.plan) this.#tell(`${field}.plan`, 'a plan', 'it is sent as text')
    const takesCitations = this.#rules.citations === 'own' ? isOwn : this.#rules.citations
    // A provider that does not take back its own citations does without them.
    if (citations && citations.length > 0 && !takesCitations && !isOwn) {
      this.#tell(`${field}.citations`, 'citations', 'they are left out')
    }
    const calls = toolCalls && this.#calls.open(toolCalls, field, isOwn)
    return {
      ...rest,
      content: plan !== undefined && !this.#rules.plan ? withPlan(plan, said) : said,
      ...(plan !== undefined && this.#rules.plan && { plan }),
      ...(citations && takesCitations && { citations }),
      ...(calls && { toolCalls: calls }),
    }
  }

  #said({ content, provider }: AssistantMessage, field: string): AssistantMessage['content'] {
    const { assistant, own = [] } = this.#rules
    const taken = provider === this.#rules.provider ? [...assistant, ...own] : assistant
    if (typeof content === 'string' || content.every(({ type }) => takes(taken, type))) return content
    return content.flatMap((part, index) => {
      if (takes(taken, part.type)) return [part]
      const place = `${field}.content[${index}]`
      switch (part.type) {
        case 'thinking':
          this.#tell(place, provider === undefined ? 'thinking' : `the thinking of ${provider}`, 'it is left out')
          return []
        case 'refusal':
          return [this.#standIn(part.text, 'refusal', place)]
        case 'audio':
          return [this.#standIn(placeholderOf(part), 'audio', place)]
        default:
          return [part]
      }
    })
  }

  #addResult(message: ToolMessage, field: string): void {
    const content = this.#told(message, field)
    const toolCallId = this.#calls.close(message.toolCallId)
    if (toolCallId !== undefined) {
      this.#carried.push({ ...message, content, toolCallId })
      return
    }
    const problem = `there is no tool call ${JSON.stringify(message.toolCallId)} right before this result`
    this.#unsupported.add({ field, problem, instead: 'it is sent as a message of the user' })
    this.#answerOpenCalls()
    const text = typeof content === 'string' ? content : content.map(textOf).join('\n')
    this.#carried.push({ role: 'user', content: `Result of the tool call ${message.toolCallId}: ${text}` })
  }

  #told({ content }: ToolMessage, field: string): ToolMessage['content'] {
    const { tool } = this.#rules
    if (typeof content === 'string' || content.every(({ type }) => takes(tool, type))) return content
    return content.map((part, index) => {
      if (part.type === 'text' || takes(tool, part.type)) return part
      // A document says the same as text: nothing is lost.
      if (part.type === 'document') return { type: 'text' as const, text: textOf(part) }
      return this.#standIn(placeholderOf(part), part.type, `${field}.content[${index}]`)
    })
  }

  #standIn(text: string, type: string, field: string): TextPart {
    this.#tell(
      field,
      `${type} here`,
      type === 'refusal' ? 'it is sent as text' : `the text ${JSON.stringify(text)} stands for it`,
    )
    return { type: 'text', text }
  }

  #tell(field: string, what: string, instead: string): void {
    this.#unsupported.add({ field, problem: `${this.#rules.displayName} has no place for ${what}`, instead })
  }

  /** A provider refuses a conversation in which a call has no result. */
  #answerOpenCalls(): void {
    for (const { id, field } of this.#calls.closeAll()) {
      this.#unsupported.add({
        field,
        problem: 'there is no result of this tool call',
        instead: 'one that says so is sent',
      })
      this.#carried.push({ role: 'tool', toolCallId: id, content: 'There is no result of this call.', isError: true })
    }
  }
}

function takes(types: readonly string[], type: string): boolean {
  return type === 'text' || types.includes(type)
}

function withPlan(plan: string, content: AssistantMessage['content']): AssistantMessage['content'] {
  const parts =
    typeof content === 'string' ? (content === '' ? [] : [{ type: 'text' as const, text: content }]) : content
  const at = parts.findLastIndex(({ type }) => type === 'thinking') + 1
  return [...parts.slice(0, at), { type: 'text', text: plan }, ...parts.slice(at)]
}

function textOf(part: Exclude<ToolMessage['content'], string>[number]): string {
  if (part.type === 'text') return part.text
  if (part.type !== 'document') return placeholderOf(part)
  const { id, data }: DocumentPart = part
  if (id !== undefined) return JSON.stringify({ id, data })
  return typeof data === 'string' ? data : JSON.stringify(data)
}

import {
  type CarriedMessage,
  type HistoryRules,
  InterlinguaError,
  type ToolCall,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { checkMessages, invalidRequest } from '@interlingua/core/encoding'
import { carryHistory } from '@interlingua/core/history'
import type { CohereMessage } from '../message.ts'
import { hidesField } from './document.ts'
import type { WireV1ChatbotMessage, WireV1Message, WireV1Request, WireV1ToolCall, WireV1ToolResult } from './wire.ts'

/** What v1 has a place for: texts, plans among them, and documents. System messages may stand anywhere. */
const historyRules: HistoryRules<never, never, 'document'> = {
  provider: 'cohere',
  displayName: "Cohere's v1 chat",
  user: [],
  assistant: [],
  tool: ['document'],
  plan: true,
  citations: false,
}

type Carried = CarriedMessage<typeof historyRules>
type CarriedOf<Role extends Carried['role']> = Extract<Carried, { readonly role: Role }>

/** A conversation in the parts that v1 has for it. */
export type Conversation = Pick<WireV1Request, 'message' | 'preamble' | 'chat_history' | 'tool_results'>

/** What encoding a conversation takes. */
export interface ConversationOptions {
  readonly toolNames: ToolNames
  readonly unsupported: UnsupportedFeatures
  /** Whether the model answers after one round of tools: results then go with the question, and not with a history. */
  readonly forceSingleStep: boolean | undefined
}

/**
 * A conversation in v1's form: what the system says at the beginning is the preamble, what the user says at the end is the
 * message, and all that is between is the history. Results of tools at the end stand apart, with an empty message. v1
 * refuses a conversation that ends otherwise: an empty message needs results.
 */
export function encodeConversation(messages: readonly CohereMessage[], options: ConversationOptions): Conversation {
  checkMessages(messages)
  const carried = carryHistory(messages, historyRules, options.unsupported)
  const first = carried.findIndex(({ role }) => role !== 'system')
  const preamble = carried.slice(0, first === -1 ? undefined : first).flatMap((message) => {
    return message.role === 'system' ? [textOf(message)] : []
  })
  const turns = first === -1 ? [] : carried.slice(first)
  const encoder = new ConversationEncoder(options)
  const encoded = turns.map((turn) => encoder.encode(turn))
  const conversation = withoutUndefined({
    preamble: preamble.length > 0 ? preamble.join('\n\n') : undefined,
    ...divide(encoded, options),
  })
  encoder.report()
  return conversation
}

function divide(
  encoded: readonly WireV1Message[],
  { forceSingleStep }: ConversationOptions,
): Pick<Conversation, 'message' | 'chat_history' | 'tool_results'> {
  const last = encoded.at(-1)
  if (last?.role === 'USER') return { message: last.message, ...historyOf(encoded.slice(0, -1)) }
  if (last?.role !== 'TOOL') {
    const end = last?.role === 'CHATBOT' ? 'one of the assistant' : 'one of the system'
    const problem = `Cohere's v1 chat answers a message of the user or results of tools, and the last message is ${end}.`
    throw invalidRequest('messages', problem)
  }
  const end = encoded.findLastIndex(({ role }) => role !== 'TOOL') + 1
  const toolResults = encoded.slice(end).flatMap((turn) => (turn.role === 'TOOL' ? (turn.tool_results ?? []) : []))
  const question = forceSingleStep ? encoded.findLastIndex(({ role }) => role === 'USER') : -1
  const asked = encoded[question]
  if (asked?.role !== 'USER') return { message: '', ...historyOf(encoded.slice(0, end)), tool_results: toolResults }
  return { message: asked.message, ...historyOf(encoded.slice(0, question)), tool_results: toolResults }
}

/** Results of several tools that follow one another are one turn. */
function historyOf(turns: readonly WireV1Message[]): Pick<Conversation, 'chat_history'> {
  const history: WireV1Message[] = []
  for (const turn of turns) {
    const before = history.at(-1)
    if (turn.role === 'TOOL' && before?.role === 'TOOL') {
      history[history.length - 1] = {
        role: 'TOOL',
        tool_results: [...(before.tool_results ?? []), ...(turn.tool_results ?? [])],
      }
    } else {
      history.push(turn)
    }
  }
  return history.length > 0 ? { chat_history: history } : {}
}

/** Encodes turn after turn, and remembers the tool calls, which results name by id here and repeat on the wire. */
class ConversationEncoder {
  readonly #options: ConversationOptions
  readonly #calls = new Map<string, WireV1ToolCall>()
  /** What v1 has no place for, each told once. */
  readonly #left = new Set<string>()

  constructor(options: ConversationOptions) {
    this.#options = options
  }

  encode(message: Carried): WireV1Message {
    switch (message.role) {
      case 'system':
        return { role: 'SYSTEM', message: textOf(message) }
      case 'user':
        return { role: 'USER', message: textOf(message) }
      case 'assistant':
        return this.#encodeAssistant(message)
      default:
        return { role: 'TOOL', tool_results: [this.#encodeResult(message)] }
    }
  }

  /** Tells what was left out. */
  report(): void {
    for (const what of this.#left) {
      const problem = `Cohere's v1 chat has no place for ${what} in a conversation`
      this.#options.unsupported.add({ field: 'messages', problem, instead: 'they are left out' })
    }
  }

  #encodeAssistant(message: CarriedOf<'assistant'>): WireV1ChatbotMessage {
    const { plan, toolCalls } = message
    const text = [plan, textOf(message)].filter(Boolean).join('\n')
    const calls = toolCalls?.map((call) => this.#encodeCall(call))
    return withoutUndefined({ role: 'CHATBOT' as const, message: text, tool_calls: calls })
  }

  #encodeCall({ id, name, args }: ToolCall): WireV1ToolCall {
    if (typeof args !== 'object') this.#left.add('arguments that are not JSON')
    const parameters = typeof args === 'object' ? { ...args } : {}
    const call = { name: this.#options.toolNames.encode(name), parameters }
    this.#calls.set(id, call)
    return call
  }

  #encodeResult({ toolCallId, content }: CarriedOf<'tool'>): WireV1ToolResult {
    const call = this.#calls.get(toolCallId)
    if (call === undefined) {
      const message = `there is no tool call ${JSON.stringify(toolCallId)} before its result. Keep the message that asked for it in the conversation.`
      throw new InterlinguaError({ code: 'invalid_request', message, field: 'messages' })
    }
    if (typeof content === 'string') return { call, outputs: [{ output: content }] }
    const outputs = content.map((part) => {
      if (part.type === 'text') return { output: part.text }
      const fields = typeof part.data === 'string' ? { output: part.data } : part.data
      if (hidesField(part)) this.#left.add('fields named `id` of documents that have an id')
      return part.id === undefined ? fields : { ...fields, id: part.id }
    })
    return { call, outputs }
  }
}

function textOf({ content }: Exclude<Carried, CarriedOf<'tool'>>): string {
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

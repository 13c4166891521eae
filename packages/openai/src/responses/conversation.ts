import {
  type CarriedMessage,
  type FilePart,
  type HistoryRules,
  type ImagePart,
  type Message,
  type TextPart,
  type ToolMessage,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { checkMessages, dataUrl, imageUrl } from '@interlingua/core/encoding'
import { carryHistory } from '@interlingua/core/history'
import type { OpenAIDialect } from '../dialects/dialect.ts'
import { objectsIn } from './item.ts'
import { encodeAssistant, type InputItem } from './replay.ts'
import type { WireInputContent } from './wire-content.ts'

/** What encoding a conversation takes. */
export interface ConversationOptions {
  readonly dialect: OpenAIDialect
  /** Whether reasoning that cannot be used is refused: see `ReplayOptions`. */
  readonly isStrict: boolean
  readonly unsupported: UnsupportedFeatures
  readonly toolNames: ToolNames
  /** The role that system messages are sent with. */
  readonly systemRole: 'system' | 'developer' | undefined
  /** The response that the server goes on from. */
  readonly previousResponseId: string | undefined
  /** Whether the server has what came before, so that the results of its tool calls come without them. */
  readonly isContinued: boolean
}

type Rules = HistoryRules<'image' | 'file', 'refusal' | 'thinking', 'image' | 'file'>

/**
 * A conversation as the items of a request. What came from this provider goes back as it came. A message whose
 * `providerFields` have `items` for this provider is sent as those: `{ role: 'user', content: '', providerFields: { openai:
 * { items: [{ type: 'computer_call_output', … }] } } }` answers what no neutral message can. What is no message throws an error
 * of code `invalid_request`.
 */
export function encodeInput(messages: readonly Message[], options: ConversationOptions): InputItem[] {
  const { dialect, unsupported, systemRole } = options
  const { name: provider, displayName } = dialect
  const rules: Rules = {
    provider,
    displayName,
    user: ['image', 'file'],
    assistant: ['refusal'],
    own: ['thinking'],
    tool: ['image', 'file'],
    plan: false,
    citations: 'own',
    // "Expected a string with maximum length 64."
    toolCallId: { pattern: /^.{1,64}$/s, length: 14 },
  }
  checkMessages(messages)
  const { early, sent, known } = divide(messages, options)
  const places = new Map<object, string>()
  const turns = carryHistory(sent, rules, unsupported, places)
  const customCalls = new Set<string>()
  const input = early.map((message) => encodeResult(message, false))
  for (const [index, turn] of turns.entries()) {
    if (turn.role === 'assistant')
      for (const { id, format } of turn.toolCalls ?? []) if (format === 'text') customCalls.add(id)
    if (index < known) continue
    const raw = objectsIn(turn.providerFields?.[provider]?.['items'])
    if (turn.role === 'assistant')
      input.push(...encodeAssistant(turn, { ...options, field: places.get(turn) ?? 'messages' }))
    else if (raw.length > 0) input.push(...raw)
    else input.push(encodeTurn(turn, customCalls, systemRole))
  }
  return input
}

/** The parts of a conversation. */
interface Division {
  /** Results at its beginning, of calls that the server has. */
  readonly early: readonly ToolMessage[]
  /** The rest, with something in place of each message that is not, so that each stands where it stood. */
  readonly sent: readonly Message[]
  /** How many of these the server has. */
  readonly known: number
}

/** What of a conversation is sent: what comes after the response that the server goes on from, where that is in it. */
function divide(
  messages: readonly Message[],
  { dialect, previousResponseId: id, isContinued }: ConversationOptions,
): Division {
  const last = messages.findLastIndex(({ role, providerFields }) => {
    return id !== undefined && role === 'assistant' && providerFields?.[dialect.name]?.['responseId'] === id
  })
  // The results of its calls come after it.
  if (last !== -1) return { early: [], sent: without(messages, last), known: last + 1 }
  const first = messages.findIndex(({ role }) => role !== 'tool')
  const count = !isContinued ? 0 : first === -1 ? messages.length : first
  return { early: messages.slice(0, count).filter(isResult), sent: without(messages, count), known: count }
}

function without(messages: readonly Message[], count: number): readonly Message[] {
  return messages.map((message, index) => (index < count ? { role: 'user', content: '' } : message))
}

function isResult(message: Message): message is ToolMessage {
  return message.role === 'tool'
}

function encodeTurn(
  turn: Exclude<CarriedMessage<Rules>, { role: 'assistant' }>,
  customCalls: ReadonlySet<string>,
  systemRole: 'system' | 'developer' = 'system',
): InputItem {
  if (turn.role === 'tool') return encodeResult(turn, customCalls.has(turn.toolCallId))
  const { content } = turn
  const role = turn.role === 'system' ? systemRole : turn.role
  return { role, content: typeof content === 'string' ? content : content.map(encodePart) }
}

function encodeResult({ toolCallId, content }: ToolMessage, isCustom: boolean): InputItem {
  return {
    type: isCustom ? 'custom_tool_call_output' : 'function_call_output',
    call_id: toolCallId,
    output: typeof content === 'string' ? content : content.map(encodeToolPart),
  }
}

function encodeToolPart(part: Exclude<ToolMessage['content'], string>[number]): WireInputContent {
  if (part.type !== 'document') return encodePart(part)
  const { id, data } = part
  const text =
    id === undefined && typeof data === 'string' ? data : JSON.stringify(id === undefined ? data : { id, data })
  return { type: 'input_text', text }
}

function encodePart(part: TextPart | ImagePart | FilePart): WireInputContent {
  if (part.type === 'text') return { type: 'input_text', text: part.text }
  if (part.type === 'image') return { type: 'input_image', image_url: imageUrl(part), detail: part.detail ?? 'auto' }
  return encodeFile(part)
}

function encodeFile(part: FilePart): WireInputContent {
  if ('id' in part) {
    const isImage = part.mediaType?.startsWith('image/') === true
    return isImage
      ? { type: 'input_image', file_id: part.id, detail: 'auto' }
      : { type: 'input_file', file_id: part.id }
  }
  if ('url' in part) return withoutUndefined({ type: 'input_file' as const, file_url: part.url, filename: part.name })
  // OpenAI wants a name beside the data, and tells the kind of file by its ending.
  const name = part.name ?? `file.${part.mediaType.split('/')[1] ?? 'bin'}`
  return { type: 'input_file', file_data: dataUrl(part), filename: name }
}

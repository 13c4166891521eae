import type { JsonObject } from '../json.ts'
import { isObject, parsedJson, textOfJson } from '../json.ts'
import type { Question } from '../engine.ts'
import type { ToolResult } from '../language/state-results.ts'
import type { Script } from '../script.ts'
import type { Dialect } from './dialect.ts'
import type { Model } from './models.ts'
import { fileText } from './file-text.ts'
import { forcedName } from './chat-check.ts'
import { allowedNames } from './tool-choice.ts'
import { decideTurn, type Turn } from './turn.ts'
import type { ChatRequest, Message } from './wire.ts'

/** The turn that answers a chat. */
export function chatTurn(
  request: ChatRequest,
  options: { dialect: Dialect; model: Model; thinks: boolean; script: Script; choice: number },
): Turn {
  const { stop, max_tokens, max_completion_tokens, parallel_tool_calls: parallel, tools } = request
  const { dialect, model, ...rest } = options
  return decideTurn({
    ...rest,
    question: questionOf(request),
    citesFiles: false,
    stops: typeof stop === 'string' ? [stop] : (stop ?? []),
    maxTokens: Math.min(max_completion_tokens ?? max_tokens ?? Infinity, model.maxOutput),
    single: parallel === false,
    custom: new Set((tools ?? []).flatMap(({ custom }) => (custom ? [custom.name] : []))),
    callId: (text) => dialect.callId(text),
  })
}

function questionOf(request: ChatRequest): Question<undefined> {
  const { messages, tools, tool_choice: choice, response_format: format, seed } = request
  const calls = messages.flatMap((message) => message.tool_calls ?? [])
  const named = (id: string | undefined): string | undefined => {
    const call = calls.find((one) => one.id === id)
    return call?.function?.name ?? call?.custom?.name
  }
  const last = messages.findLastIndex(({ role }) => role !== 'tool')
  const forced = forcedName(choice)
  const allowed = forced === undefined ? allowedNames(choice) : undefined
  const names = forced === undefined ? allowed?.names : [forced]
  return {
    turns: messages.map((message) => ({ role: message.role, text: textOf(message) })),
    seed: seed ?? undefined,
    tools: (tools ?? [])
      .map(({ function: tool, custom }) => toolSpec(tool ?? custom, custom !== undefined))
      .filter(({ name }) => names?.includes(name) ?? true),
    choice: forced === undefined ? choiceOf(allowed?.mode ?? choice) : 'required',
    called: calls.map((call) => call.function?.name ?? call.custom?.name),
    results: messages.slice(last + 1).map((message) => resultOf(named(message.tool_call_id), textOf(message))),
    json: format && format.type !== 'text' ? { schema: format.json_schema?.schema } : undefined,
    passages: undefined,
  }
}

/** A tool as the engine knows it; a custom one takes any text. */
export function toolSpec(
  tool: { readonly name?: unknown; readonly description?: unknown; readonly parameters?: unknown } | undefined,
  custom: boolean,
): Question<undefined>['tools'][number] {
  const input = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] }
  return {
    name: textOfJson(tool?.name),
    description: textOfJson(tool?.description),
    parameters: custom ? input : { ...(isObject(tool?.parameters) && tool.parameters), type: 'object' },
  }
}

/** What a tool has answered, as fields where it is JSON. */
export function resultOf(name: string | undefined, text: string): ToolResult<undefined> {
  const parsed = parsedJson(text)
  const fields = typeof parsed === 'object' && parsed !== null ? leaves('result', parsed) : leaves('result', text)
  return { name, fields, source: undefined }
}

/** The engine's word for a choice of tools; Mistral says `any` for `required`. */
export function choiceOf(choice: unknown): 'auto' | 'required' | 'none' {
  if (choice === 'required' || choice === 'any') return 'required'
  return choice === 'none' ? 'none' : 'auto'
}

/** The text of a message, whatever form its content has. */
function textOf({ content, refusal }: Message): string {
  if (typeof content === 'string') return content
  return (
    (content ?? []).map((part) => part.text ?? part.refusal ?? (part.file ? fileText(part.file) : '')).join('') ||
    (refusal ?? '')
  )
}

function leaves(name: string, value: unknown): (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(name, item))
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => leaves(key, item))
  const text = textOfJson(value)
  return text === '' ? [] : [[name, text]]
}

/** A tool call as messages have it. */
export function callJson(id: string, name: string, text: string, custom: boolean): JsonObject {
  return custom
    ? { id, type: 'custom', custom: { name, input: text } }
    : { id, type: 'function', function: { name, arguments: text } }
}

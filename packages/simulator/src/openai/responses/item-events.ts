import { isObject, objectsIn, stringsIn, textOfJson, type JsonObject } from '../../json.ts'
import { tokenPieces } from '../../tokens.ts'

/** An event of a response's stream before it gets its sequence number; `tokens` is what it costs in time. */
export interface ResponseEvent {
  readonly type: string
  readonly fields: JsonObject
  readonly tokens: number
}

// The states that items of tools that the service runs go through, by
// https://platform.openai.com/docs/api-reference/responses-streaming; the last one is `completed`, or `failed`.
const states: Readonly<Record<string, readonly string[]>> = {
  web_search_call: ['in_progress', 'searching'],
  file_search_call: ['in_progress', 'searching'],
  code_interpreter_call: ['in_progress', 'interpreting'],
  image_generation_call: ['in_progress', 'generating'],
  mcp_call: ['in_progress'],
  mcp_list_tools: ['in_progress'],
}
// What such an item writes while it is made: the field, and the name of the event.
const writings: Readonly<Record<string, readonly [string, string]>> = {
  code_interpreter_call: ['code', 'code_interpreter_call_code'],
  mcp_call: ['arguments', 'mcp_call_arguments'],
  custom_tool_call: ['input', 'custom_tool_call_input'],
  function_call: ['arguments', 'function_call_arguments'],
}

/** The events of an item that a script wrote: added, what its type goes through, and done. */
export function* itemEvents(item: JsonObject, outputIndex: number): Generator<ResponseEvent, void, undefined> {
  const type = textOfJson(item['type'])
  const writing = writings[type]
  const place = { item_id: item['id'], output_index: outputIndex }
  const [first, ...others] = states[type] ?? []
  const pending = {
    ...(item['status'] !== undefined && { status: 'in_progress' }),
    ...(writing && { [writing[0]]: '' }),
  }
  const begun = type === 'reasoning' ? { summary: [], ...(item['content'] !== undefined && { content: [] }) } : pending
  yield event('response.output_item.added', { output_index: outputIndex, item: { ...item, ...begun } })
  if (first !== undefined) yield event(`response.${type}.${first}`, place)
  if (type === 'reasoning') yield* reasoningEvents(item, place)
  if (writing) {
    const text = textOfJson(item[writing[0]])
    for (const delta of tokenPieces(text)) yield event(`response.${writing[1]}.delta`, { ...place, delta }, 1)
    yield event(`response.${writing[1]}.done`, { ...place, [writing[0]]: text })
  }
  if (type === 'shell_call') yield* commandEvents(item, outputIndex)
  for (const state of others) yield event(`response.${type}.${state}`, place)
  const failed = type.startsWith('mcp_') && item['error'] !== undefined && item['error'] !== null
  if (first !== undefined) yield event(`response.${type}.${failed ? 'failed' : 'completed'}`, place)
  yield event('response.output_item.done', { output_index: outputIndex, item })
}

/** The events of a summary. */
export function* summaryEvents(
  place: JsonObject,
  pieces: Iterable<string>,
  index = 0,
): Generator<ResponseEvent, string, undefined> {
  const at = { ...place, summary_index: index }
  yield event('response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } })
  let text = ''
  for (const delta of pieces) {
    text += delta
    yield event('response.reasoning_summary_text.delta', { ...at, delta }, 1)
  }
  yield event('response.reasoning_summary_text.done', { ...at, text })
  yield event('response.reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text } })
  return text
}

/** An event. */
export function event(type: string, fields: JsonObject, tokens = 0): ResponseEvent {
  return { type, fields, tokens }
}

// By the reference; these have no id of the item.
function* commandEvents(item: JsonObject, outputIndex: number): Generator<ResponseEvent, void, undefined> {
  const { commands } = isObject(item['action']) ? item['action'] : {}
  for (const [at, command] of stringsIn(commands).entries()) {
    const place = { output_index: outputIndex, command_index: at }
    yield event('response.shell_call_command.added', { ...place, command: '' })
    for (const delta of tokenPieces(command)) yield event('response.shell_call_command.delta', { ...place, delta }, 1)
    yield event('response.shell_call_command.done', { ...place, command })
  }
}

function* reasoningEvents(item: JsonObject, place: JsonObject): Generator<ResponseEvent, void, undefined> {
  for (const [at, part] of objectsIn(item['content']).entries()) {
    const where = { ...place, content_index: at }
    const text = textOfJson(part['text'])
    yield event('response.content_part.added', { ...where, part: { ...part, text: '' } })
    for (const delta of tokenPieces(text)) yield event('response.reasoning_text.delta', { ...where, delta }, 1)
    yield event('response.reasoning_text.done', { ...where, text })
    yield event('response.content_part.done', { ...where, part })
  }
  for (const [at, part] of objectsIn(item['summary']).entries()) {
    yield* summaryEvents(place, tokenPieces(textOfJson(isObject(part) ? part['text'] : '')), at)
  }
}

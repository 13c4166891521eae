import { objectsIn, stringsIn, textOfJson, type JsonObject } from '../../json.ts'
import type { Message, ToolCall } from '../wire.ts'

/** A v1 conversation as v2 messages: the preamble, the history, the message, and the results of tools after it. */
export function messagesOf(json: JsonObject): Message[] {
  const { preamble, message } = json
  const system = stringsIn([preamble]).map((content): Message => ({ role: 'system', content }))
  const turns = turnsOf(json)
  const messages = turns.flatMap((turn, index) => turnMessages(turn, index))
  // Documented: "When used with the chat_history= parameter, the SYSTEM role adds content throughout a conversation."
  const asked = stringsIn([message]).filter((content) => content !== '')
  return [
    ...system,
    ...messages.filter(isSystem),
    ...messages.filter((turn) => !isSystem(turn)),
    ...asked.map((content): Message => ({ role: 'user', content })),
    ...resultsOf(json, turns.length),
  ]
}

function isSystem({ role }: Message): boolean {
  return role === 'system'
}

/** The history as an answer repeats it, with the new message, the results, and the answer. */
export function repeatedHistory(json: JsonObject, text: string, calls: readonly JsonObject[]): JsonObject[] {
  const asked = stringsIn([json['message']]).filter((message) => message !== '')
  const results = objectsIn(json['tool_results'])
  return [
    ...turnsOf(json).map(repeatedTurn),
    ...asked.map((message) => ({ role: 'USER', message })),
    ...(results.length > 0 ? [{ role: 'TOOL', tool_results: results }] : []),
    { role: 'CHATBOT', message: text, ...(calls.length > 0 && { tool_calls: calls }) },
  ]
}

function repeatedTurn({ role, message, tool_calls: calls, tool_results: results }: JsonObject): JsonObject {
  return {
    role: textOfJson(role).toUpperCase(),
    ...(message !== undefined && { message }),
    // Recorded: arguments that are not under that name are lost, and `null` takes their place.
    ...(calls !== undefined && {
      tool_calls: objectsIn(calls).map(({ name, parameters = null }) => ({ name, parameters })),
    }),
    ...(results !== undefined && { tool_results: results }),
  }
}

function turnsOf(json: JsonObject): JsonObject[] {
  return objectsIn(json['chat_history'])
}

function turnMessages(turn: JsonObject, index: number): Message[] {
  const role = textOfJson(turn['role']).toUpperCase()
  if (role === 'TOOL') return resultsOf(turn, index)
  const content = textOfJson(turn['message'])
  if (role === 'CHATBOT') return content === '' ? [] : [{ role: 'assistant', content }]
  return content === '' ? [] : [{ role: role === 'SYSTEM' ? 'system' : 'user', content }]
}

// v1 has no ids of calls. Recorded ids of results are made of the tool's name, the call's number, the place in the
// history, and the output's number, which is what v2 adds by itself.
function resultsOf({ tool_results: results }: JsonObject, place: number): Message[] {
  const calls: ToolCall[] = []
  const answers: Message[] = []
  for (const [index, { call, outputs }] of objectsIn(results).entries()) {
    const { name, parameters = {} } = objectsIn([call])[0] ?? {}
    const id = `${textOfJson(name)}:${index}:${place}`
    calls.push({ id, type: 'function', function: { name: textOfJson(name), arguments: JSON.stringify(parameters) } })
    const parts = objectsIn(outputs).map((data) => ({ type: 'document', document: { data } }))
    answers.push({ role: 'tool', tool_call_id: id, content: parts })
  }
  return calls.length > 0 ? [{ role: 'assistant', tool_calls: calls }, ...answers] : []
}

function isSystem({ role }: Message): boolean {
  return role === 'system'
}

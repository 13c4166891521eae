import { isObject, objectsIn, stringsIn, textOfJson, type JsonObject } from '../../json.ts'
import type { Question } from '../../engine.ts'
import { choiceOf, resultOf, toolSpec } from '../chat-answer.ts'
import { fileText } from '../file-text.ts'
import { forcedName } from '../chat-check.ts'
import { allowedNames } from '../tool-choice.ts'

/** A request's `input` as items: a text is a message of the user's. */
export function itemsOf(input: unknown): JsonObject[] {
  if (typeof input === 'string') return [{ type: 'message', role: 'user', content: input }]
  return objectsIn(input).map((item) => Object.assign({ type: 'message' }, item))
}

/** The text of an item's content, or of a tool's output. */
export function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content
  return objectsIn(content)
    .map((part) =>
      part['type'] === 'input_file' ? fileText(part) : stringsIn([part['text'] ?? part['refusal']]).join(''),
    )
    .join('')
}

/** The conversation and the tools as the engine sees them. */
export function questionOf(request: JsonObject, items: readonly JsonObject[]): Question<undefined> {
  const calls = items.filter(({ type }) => type === 'function_call' || type === 'custom_tool_call')
  const last = items.findLastIndex(({ type }) => !isOutput(type))
  const forced = forcedName(choiceObject(request['tool_choice']))
  const allowed = forced === undefined ? allowedNames(request['tool_choice']) : undefined
  const names = forced === undefined ? allowed?.names : [forced]
  const instructions = request['instructions']
  const format = isObject(request['text']) && isObject(request['text']['format']) ? request['text']['format'] : {}
  const { schema } = format
  return {
    turns: [
      ...(typeof instructions === 'string' ? [{ role: 'system', text: instructions }] : []),
      ...items
        .filter(({ type }) => type === 'message')
        .map((item) => ({ role: textOfJson(item['role']), text: textOfContent(item['content']) })),
    ],
    seed: undefined,
    tools: toolsIn(request)
      .map((tool) => toolSpec(tool, tool['type'] === 'custom'))
      .filter(({ name }) => names?.includes(name) ?? true),
    choice: forced === undefined ? choiceOf(allowed?.mode ?? request['tool_choice']) : 'required',
    called: calls.map(({ name }) => textOfJson(name)),
    results: items.slice(last + 1).map((item) => {
      const call = calls.find((one) => one['call_id'] === item['call_id'])
      return resultOf(call && textOfJson(call['name']), textOfContent(item['output']))
    }),
    json:
      format['type'] === 'json_schema' || format['type'] === 'json_object'
        ? { schema: isObject(schema) ? schema : undefined }
        : undefined,
    passages: undefined,
  }
}

/** The functions and custom tools of a request; those that the service runs are not among them. */
export function toolsIn(request: JsonObject): JsonObject[] {
  return objectsIn(request['tools']).filter(({ type }) => type === 'function' || type === 'custom')
}

/** Whether an item is what a tool of the caller's has answered. */
export function isOutput(type: unknown): boolean {
  return type === 'function_call_output' || type === 'custom_tool_call_output'
}

function choiceObject(choice: unknown): string | JsonObject | undefined {
  return isObject(choice) && choice['type'] !== 'allowed_tools' ? choice : undefined
}

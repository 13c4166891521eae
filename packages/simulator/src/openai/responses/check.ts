import { isObject, objectsIn, stringsIn, textOfJson, type JsonObject } from '../../json.ts'
import { contextProblem } from '../context.ts'
import { imageProblem } from '../image.ts'
import type { Model } from '../models.ts'
import { badRequest, firstProblem, type Problem } from '../problem.ts'
import { responseFormatProblem, toolSchemaProblem } from '../schema-problem.ts'
import { isOutput, toolsIn } from './input.ts'
import type { Store } from './store.ts'

/** What OpenAI refuses in a well-formed request; `items` are the new ones, `before` those of earlier responses. */
export function responsesProblem(
  request: JsonObject,
  {
    items,
    before,
    model,
    store,
  }: { items: readonly JsonObject[]; before: readonly JsonObject[]; model: Model; store: Store },
): Problem | undefined {
  return (
    modelProblem(request, model) ??
    itemsProblem(items, before, store) ??
    imagesProblem(items) ??
    toolsProblem(request) ??
    formatProblem(request, items)
  )
}

/** What is wrong with the order of calls, their outputs and the reasoning before them; recorded but for duplicates. */
export function itemsProblem(
  items: readonly JsonObject[],
  before: readonly JsonObject[],
  store: Store,
): Problem | undefined {
  return (
    duplicateProblem(items) ??
    referenceProblem(items, store) ??
    callsProblem(items, before) ??
    reasoningProblem(items, before, store)
  )
}

/** What is wrong with a prompt that the model cannot read. */
export function lengthProblem(model: Model, tokens: number, request: JsonObject): Problem | undefined {
  if (request['truncation'] === 'auto' || !contextProblem(model, tokens, undefined)) return undefined
  const words = 'Your input exceeds the context window of this model. Please adjust your input and try again.'
  return badRequest(words, 'input', 'context_length_exceeded')
}

function duplicateProblem(items: readonly JsonObject[]): Problem | undefined {
  const seen = new Set<unknown>()
  return firstProblem(items, ({ id }) => {
    if (id === undefined || id === null) return undefined
    if (!seen.has(id)) return void seen.add(id)
    const words = `Duplicate item found with id ${textOfJson(id)}. Remove duplicate items from your input and try again.`
    return badRequest(words, 'input')
  })
}

function referenceProblem(items: readonly JsonObject[], store: Store): Problem | undefined {
  return firstProblem(items, ({ type, id }) => {
    if (type !== 'item_reference' || store.item(String(id))) return undefined
    const words =
      'Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.'
    return { status: 404, message: `Item with id '${String(id)}' not found. ${words}`, param: 'input' }
  })
}

function callsProblem(items: readonly JsonObject[], before: readonly JsonObject[]): Problem | undefined {
  const all = [...before, ...items]
  const outputs = new Set(all.filter(({ type }) => isOutput(type)).map((item) => item['call_id']))
  const called = new Set<unknown>()
  for (const item of all) {
    const { type, call_id: id } = item
    if (type === 'function_call' || type === 'custom_tool_call') {
      const what = type === 'function_call' ? 'function call' : 'custom tool call'
      if (!outputs.has(id)) return badRequest(`No tool output found for ${what} ${String(id)}.`, 'input')
      called.add(id)
    } else if (isOutput(type) && !called.has(id)) {
      const what = type === 'function_call_output' ? 'function call' : 'custom tool call'
      return badRequest(`No tool call found for ${what} output with call_id ${String(id)}.`, 'input')
    }
  }
  return undefined
}

function reasoningProblem(
  items: readonly JsonObject[],
  before: readonly JsonObject[],
  store: Store,
): Problem | undefined {
  const known = new Set([...before, ...items].map(({ id }) => id))
  return firstProblem(items.entries(), ([at, item]) => {
    const id = String(item['id'])
    if (item['type'] === 'reasoning') {
      const next = items[at + 1]
      if (next && isAnswer(next)) return undefined
      const words = 'was provided without its required following item.'
      return badRequest(`Item '${id}' of type 'reasoning' ${words}`, 'input')
    }
    const needed = store.reasoningOf(id)
    if (item['type'] === 'item_reference' || needed === undefined || known.has(needed)) return undefined
    const words = `was provided without its required 'reasoning' item: '${needed}'.`
    return badRequest(`Item '${id}' of type '${textOfJson(item['type'])}' ${words}`, 'input')
  })
}

function isAnswer({ type, role }: JsonObject): boolean {
  if (type === 'message') return role === 'assistant'
  return !isOutput(type)
}

function imagesProblem(items: readonly JsonObject[]): Problem | undefined {
  return firstProblem(items.entries(), ([at, { content }]) =>
    firstProblem(objectsIn(content).entries(), ([index, part]) => {
      const url = part['image_url']
      return part['type'] === 'input_image' && typeof url === 'string'
        ? imageProblem(url, `input[${at}].content[${index}].image_url`)
        : undefined
    }),
  )
}

function modelProblem(request: JsonObject, model: Model): Problem | undefined {
  if (model.kind !== 'chat') {
    const words = `The requested model '${model.id}' cannot be used with the Responses API.`
    return badRequest(words, 'model', 'unsupported_model')
  }
  const { reasoning, include, temperature, top_p } = request
  if (!model.reasons) {
    const effort = isObject(reasoning) ? reasoning['effort'] : undefined
    if (effort !== undefined && effort !== null) return unsupported('reasoning.effort')
    const asked = isObject(reasoning) ? reasoning['summary'] : undefined
    if (asked !== undefined && asked !== null) return unsupported('reasoning.summary')
    return stringsIn(include).includes('reasoning.encrypted_content')
      ? badRequest('Encrypted content is not supported with this model.', 'include')
      : undefined
  }
  if (typeof temperature === 'number' && temperature !== 1) return unsupported('temperature')
  return typeof top_p === 'number' && top_p !== 1 && top_p !== 0.98 ? unsupported('top_p') : undefined
}

function unsupported(name: string): Problem {
  const words = `Unsupported parameter: '${name}' is not supported with this model.`
  return badRequest(words, name, name.includes('.') ? 'unsupported_parameter' : undefined)
}

function toolsProblem(request: JsonObject): Problem | undefined {
  const problem = firstProblem(toolsIn(request).entries(), ([at, tool]) =>
    toolSchemaProblem(
      {
        name: textOfJson(tool['name']),
        parameters: isObject(tool['parameters']) ? tool['parameters'] : null,
        strict: tool['strict'] === true,
      },
      `tools[${at}].parameters`,
    ),
  )
  const choice = request['tool_choice']
  const named =
    isObject(choice) && (choice['type'] === 'function' || choice['type'] === 'custom') ? choice['name'] : undefined
  if (problem || named === undefined || toolsIn(request).some(({ name }) => name === named)) return problem
  return badRequest(`Tool choice '${textOfJson(named)}' not found in 'tools' parameter.`, 'tool_choice')
}

function formatProblem(request: JsonObject, items: readonly JsonObject[]): Problem | undefined {
  const format = isObject(request['text']) ? request['text']['format'] : undefined
  if (!isObject(format)) return undefined
  if (format['type'] === 'json_object' && !/json/i.test(JSON.stringify([items, request['instructions']]))) {
    const words =
      "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'."
    return badRequest(words, 'input')
  }
  if (format['type'] !== 'json_schema') return undefined
  const { name, schema, strict } = format
  const read = {
    name: textOfJson(name),
    ...(isObject(schema) && { schema }),
    // Documented: strict is the default here.
    strict: strict !== false,
  }
  return responseFormatProblem(read, 'text.format.schema', 'invalid_json_schema')
}

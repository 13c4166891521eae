import { InterlinguaError, isInterlinguaError } from './error.ts'
import { isObject } from './json.ts'
import type { Model } from './model.ts'
import type { PromptContent } from './prompt.ts'
import type { ProviderTypes } from './types.ts'

/**
 * What a prompt function may give instead of a conversation alone: the conversation, and how to ask this once. Parameters
 * stand beside `messages`, as they do in a call: `{ messages: 'Hi', temperature: 0, tools: [search] }`. What is given here
 * replaces what the call has under the same name, `tools` as a whole; `headers` are merged by name. What is left out, or
 * `undefined`, stays as it is.
 */
export type DynamicConfig<T extends ProviderTypes = ProviderTypes> = T['Config'] &
  T['Params'] & {
    readonly messages: PromptContent<T>
    /** What was worked out to fill in the prompt: it is in the record of the call. See `promptTemplate(…).dynamic`. */
    readonly computedFields?: Readonly<Record<string, unknown>> | undefined
    /** The model to ask this once, in place of the call's own with all that wraps it. */
    readonly model?: Model<T> | undefined
    /** A prompt comes too late to stop a call: the signal is the call's. */
    readonly signal?: undefined
  }

/** What a prompt function may give. */
export type PromptResult<T extends ProviderTypes = ProviderTypes> = PromptContent<T> | DynamicConfig<T>

/** What a prompt function gave, taken apart. */
export interface ReadConfig {
  readonly content: PromptContent
  /** What it gave beside a conversation; `undefined` where it gave nothing. */
  readonly config?: DynamicConfig
}

/** Reads what a prompt function gave. Throws an error of code `prompt` where it is nothing that a call can be made of. */
export function readPromptResult(result: unknown): ReadConfig {
  if (!isObject(result)) return { content: contentOf(result, 'gave') }
  if (!('messages' in result)) {
    const isMessage = typeof result['role'] === 'string'
    throw wrong(
      isMessage
        ? 'gave a single message. Put it in a list.'
        : `gave an object without \`messages\`${listOf(Object.keys(result))}. Say what to ask: \`{ messages: … }\`.`,
    )
  }
  for (const [field, advice] of Object.entries(misplaced)) {
    if (Reflect.get(result, field) !== undefined) throw wrong(`gave \`${field}\`: ${advice}`)
  }
  const content = contentOf(result['messages'], 'gave `messages` that are')
  const { tools, computedFields, metadata, model } = result
  if (tools !== undefined && !Array.isArray(tools))
    throw wrong(`gave \`tools\` that are ${kindOf(tools)}. Give a list.`)
  if (computedFields !== undefined && !isObject(computedFields)) {
    throw wrong(`gave \`computedFields\` that are ${kindOf(computedFields)}. Give an object.`)
  }
  if (metadata !== undefined && !isObject(metadata)) {
    throw wrong(`gave \`metadata\` that is ${kindOf(metadata)}. Give an object, such as \`{ tags: ['checkout'] }\`.`)
  }
  if (model !== undefined && !(isObject(model) && typeof model['call'] === 'function')) {
    throw wrong(`gave a \`model\` that is ${kindOf(model)}. Give one of a provider: \`cohere('command-a-03-2025')\`.`)
  }
  // Whatever else it holds, the model's parameters are for the model to judge.
  return { content, config: { ...result, messages: content } }
}

const misplaced = {
  params: 'parameters stand beside `messages`, as in `{ messages, temperature: 0 }`.',
  signal: 'a prompt comes too late to stop a call. Give the signal to the call.',
  client: 'a client belongs to a provider. Make a model of it, and give that as `model`.',
}

function contentOf(value: unknown, gave: string): PromptContent {
  if (typeof value === 'string') return value
  if (typeof value === 'function') throw wrong(`${gave} a function. Call it, and give what it makes.`)
  if (!Array.isArray(value)) {
    const advice = value === undefined ? 'Is a `return` missing?' : 'Give a text, messages, or `{ messages, … }`.'
    throw wrong(`${gave} ${kindOf(value)}. ${advice}`)
  }
  for (const [index, message] of value.entries()) {
    if (isObject(message) && typeof message['role'] === 'string') continue
    throw wrong(`${gave} a list whose item ${index} is ${kindOf(message)} and no message.`)
  }
  return value
}

function wrong(problem: string): InterlinguaError {
  return new InterlinguaError({ code: 'prompt', message: `the prompt function ${problem}` })
}

function listOf(names: readonly string[]): string {
  return names.length > 0 ? `, but with ${names.slice(0, 5).join(', ')}` : ''
}

/** What a value is, for errors. The value itself may be long, or secret. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Runs a prompt function. What it throws is an error of code `prompt`. */
export async function resultOf(prompt: () => unknown): Promise<ReadConfig> {
  return readPromptResult(await evaluate(prompt))
}

async function evaluate<Result>(prompt: () => Result | PromiseLike<Result>): Promise<Result> {
  try {
    return await prompt()
  } catch (cause) {
    // Such an error says itself what is wrong with the prompt.
    if (isInterlinguaError(cause) && cause.code === 'prompt') throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InterlinguaError({ code: 'prompt', message: `the prompt function threw: ${reason}`, cause })
  }
}

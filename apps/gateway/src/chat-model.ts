import {
  type DocumentPart,
  fallback,
  isObject,
  type Message,
  middleware,
  type Model,
  override,
} from '@interlingua/core'
import type { ChatFront } from './front/chat-front.ts'
import type { ChatRequest, NeutralOptions } from './front/chat-request.ts'
import { keptAt } from './front/openai-responses/decode-request.ts'
import { badRequest } from './refusal.ts'
import type { Route, Target } from './routes.ts'

/** The model of a route, with all that the caller asked for, in the words of each provider behind it. */
export function chatModel(route: Route, request: ChatRequest, front: ChatFront, onHandOff?: () => void): Model {
  const [first, ...others] = route.targets.map((target) => targetModel(target, request, front))
  if (!first) throw new TypeError('a route leads somewhere.')
  // What the caller has been told cannot be taken back, so that nobody takes over in the middle.
  return others.length > 0
    ? fallback([first, ...others], { midStream: 'throw', ...(onHandOff && { onHandOff }) })
    : first
}

/** Whether a target is sent the request, and its answer handed on, as they came. */
export function passes({ provider }: Target, request: ChatRequest): boolean {
  return provider.passes.has(request.protocol) && !request.isMixed
}

function targetModel(target: Target, request: ChatRequest, front: ChatFront): Model {
  const model = target.provider.model(target.model, request.protocol)
  if (passes(target, request)) return override(model, passed(front, request))
  refuseKept(request, target)
  const { options, documents } = target.provider.kind === 'cohere' ? forCohere(request) : forOpenAI(request)
  const asked = override(model, options)
  if (documents.length === 0) return asked
  return middleware(asked, { request: ({ messages }) => ({ prompt: withDocuments(messages, documents) }) })
}

function passed(front: ChatFront, request: ChatRequest): NeutralOptions {
  // What the adapter says of its own accord is what the caller's body says.
  return { extraBody: front.passRequest(request), onUnsupported: 'ignore' }
}

/** A conversation that OpenAI keeps cannot be told to anybody else, and the gateway keeps none. */
function refuseKept({ protocol, body }: ChatRequest, { provider }: Target): void {
  const field = protocol === 'openai-responses' ? keptAt(body) : undefined
  if (field === undefined) return
  throw badRequest(
    `${field}: ${provider.name} does not have what OpenAI keeps. Send the whole conversation as input.`,
    field,
  )
}

interface Wanted {
  readonly options: NeutralOptions
  readonly documents: readonly (string | DocumentPart)[]
}

/** Cohere knows thinking by a switch. */
function forCohere({ options }: ChatRequest): Wanted {
  const { reasoningEffort, reasoning, ...rest } = options
  const effort = reasoningEffort ?? (isObject(reasoning) ? reasoning['effort'] : undefined)
  if (effort === undefined || effort === null) return { options: rest, documents: [] }
  const thinking = { type: effort === 'none' ? 'disabled' : 'enabled' }
  return { options: { thinking, ...rest }, documents: [] }
}

/** Servers that speak as OpenAI does have no documents: they are told in the prompt. What is unknown here they may know. */
function forOpenAI({ options, unknown, protocol }: ChatRequest): Wanted {
  const { documents, ...rest } = options
  const extraBody = protocol === 'openai-chat' && Object.keys(unknown).length > 0 ? { extraBody: unknown } : {}
  return {
    options: { ...rest, ...extraBody },
    documents: Array.isArray(documents) ? (documents as readonly (string | DocumentPart)[]) : [],
  }
}

function withDocuments(messages: readonly Message[], documents: readonly (string | DocumentPart)[]): Message[] {
  const texts = documents.map((document, index) => {
    const { id = `doc:${index}`, data } = typeof document === 'string' ? { data: document } : document
    return `<document id=${JSON.stringify(id)}>\n${typeof data === 'string' ? data : JSON.stringify(data)}\n</document>`
  })
  const told: Message = { role: 'system', content: `Answer from these documents.\n\n${texts.join('\n\n')}` }
  const turn = messages.findIndex(({ role }) => role !== 'system')
  return turn < 0 ? [...messages, told] : [...messages.slice(0, turn), told, ...messages.slice(turn)]
}

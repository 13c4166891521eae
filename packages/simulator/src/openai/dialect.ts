import type { JsonObject } from '../json.ts'
import type { Model } from './models.ts'
import type { Problem } from './problem.ts'
import type { FinishReason } from './wire.ts'

/** The servers whose ways of speaking OpenAI's protocols the simulator knows. */
export type DialectName =
  | 'openai'
  | 'azure'
  | 'deepseek'
  | 'groq'
  | 'llamacpp'
  | 'mistral'
  | 'ollama'
  | 'openrouter'
  | 'perplexity'
  | 'venice'
  | 'vllm'
  | 'xai'

/** What an answer cost. */
export interface Counts {
  readonly prompt: number
  readonly cached: number
  /** Reasoning included. */
  readonly completion: number
  readonly reasoning: number
}

/** The request that a chat answers, as a dialect sees it. */
export interface ChatContext {
  readonly id: string
  readonly created: number
  readonly model: Model
  /** The name that answers give to the model. */
  readonly modelName: string
  /** The request's body. */
  readonly request: JsonObject
  /** Whether the model thinks before this answer. */
  readonly thinks: boolean
  readonly wantsUsage: boolean
}

/** What a choice of a chunk says. */
export interface ChunkChoice {
  readonly index: number
  readonly delta: JsonObject
  readonly finish: FinishReason | null
  readonly logprobs: JsonObject | null
  /** The text so far. */
  readonly text: string
}

/** A chunk of a chat's stream. */
export interface Chunk {
  readonly choices: readonly ChunkChoice[]
  readonly usage: JsonObject | undefined
  /** First of the stream, an inner one, with a finish reason, the repetition of that, or with usage and no choice. */
  readonly kind: 'first' | 'delta' | 'finish' | 'repeat' | 'usage'
  /** What of it is text, so that the padding can hide its length. */
  readonly piece: string
}

/** What an answer begins with: the first delta depends on it. */
export type Opening = 'text' | 'reasoning' | 'refusal' | 'call' | 'calls'

/** A complete choice of an answer that is not streamed. */
export interface WholeChoice {
  readonly index: number
  readonly reasoning: string
  readonly text: string | undefined
  readonly refusal: string | undefined
  readonly calls: readonly JsonObject[]
  readonly annotations: readonly JsonObject[]
  readonly finish: FinishReason
  readonly logprobs: JsonObject | null
}

/** How a server writes chats. */
export interface ChatStyle {
  /** The first delta of a choice; `undefined` where the first piece is the first delta. */
  first(opening: Opening, context: ChatContext): JsonObject | undefined
  /** A single call begins in the first delta. */
  readonly joinsFirstCall: boolean
  /** The log probabilities beside the first delta of a text, where they are asked for. */
  readonly firstLogprobs: JsonObject | null
  /** How many choices there are at most, however many are asked for. */
  readonly mostChoices: number
  text(piece: string, context: ChatContext): JsonObject
  /** A chunk with a piece of text differs from the one before in nothing but that piece and the padding. */
  readonly uniformText?: boolean
  /** `undefined` where reasoning is not shown. */
  reasoning(piece: string, context: ChatContext): JsonObject | undefined
  refusal(piece: string): JsonObject
  /** A delta between reasoning and what follows it. */
  afterReasoning?(context: ChatContext): JsonObject
  /**
   * How calls are cut: name and then arguments, the same with an empty piece between them, the name with the first
   * piece, each call whole, or all of them in one delta.
   */
  readonly calls: 'pieces' | 'empty, pieces' | 'joined pieces' | 'whole' | 'together'
  callDelta(fragments: readonly JsonObject[], context: ChatContext): JsonObject
  /** The delta beside the finish reason. */
  last(context: ChatContext): JsonObject
  /** The delta beside its repetition, where that is another one. */
  repeated?(context: ChatContext): JsonObject
  /** The finish reason comes with the last piece. */
  readonly finishWithLast: boolean
  /** Where usage is: in a chunk of its own, with the finish reason, with its repetition, or everywhere. */
  readonly usageAt: 'own' | 'finish' | 'both' | 'repeat' | 'every'
  /** Usage is told without being asked for. */
  readonly usageAlways: boolean
  usage(counts: Counts, context: ChatContext): JsonObject
  choice(choice: ChunkChoice, context: ChatContext): JsonObject
  chunk(chunk: Chunk, choices: readonly JsonObject[], context: ChatContext): JsonObject
  wholeChoice(choice: WholeChoice, context: ChatContext): JsonObject
  whole(choices: readonly JsonObject[], usage: JsonObject, context: ChatContext, calls: number): JsonObject
  logprobs(kind: 'text' | 'reasoning' | 'refusal', tokens: readonly JsonObject[]): JsonObject
  /** A comment that precedes the first chunk. */
  readonly comment: string
  /** A chunk without a choice that precedes the others. */
  opening?(context: ChatContext): JsonObject
  /** Whether `[DONE]` ends a stream. */
  readonly done: boolean
}

/** How a server writes responses. */
interface ResponsesStyle {
  /** Whether events have names. */
  readonly named: boolean
  /** Whether `[DONE]` ends a stream. */
  readonly done: boolean
  /** What precedes the first event. */
  readonly comment: string
  /** Whether deltas are padded. */
  readonly pads: boolean
  /** Whether reasoning has a summary without being asked for it. */
  readonly alwaysSummarizes: boolean
  reasoningItem(item: JsonObject, status: 'in_progress' | 'completed'): JsonObject
  /** The response itself, made from OpenAI's. */
  response(response: JsonObject, request: JsonObject): JsonObject
  usage(counts: Counts): JsonObject
}

/** A server that speaks OpenAI's protocols in its own way. */
export interface Dialect {
  readonly name: DialectName
  /** The host names of the service. */
  readonly hosts: readonly string[]
  /** Whether unknown fields and values are refused, as OpenAI does; other servers mostly ignore them. */
  readonly strict: boolean
  /** Whether any key will do, even none. */
  readonly keyless: boolean
  readonly streamType: string
  /** The model of that name, or why there is none. */
  model(id: string, endpoint: 'chat' | 'responses' | 'embeddings' | 'models'): Model | Problem
  /** The name that answers give to a model. */
  answeredModel(model: Model): string
  /** Whether a model thinks before it answers this request. */
  thinks(model: Model, request: JsonObject): boolean
  /** Why a key, or its absence, is refused. */
  unauthorized(key: string, endpoint: string): Problem
  error(problem: Problem): JsonObject
  /** What this server refuses and OpenAI does not. */
  check(request: JsonObject, endpoint: 'chat' | 'responses' | 'embeddings'): Problem | undefined
  callId(text: string): string
  /** Whether reasoning counts against a limit on tokens. */
  readonly limitsReasoning: boolean
  /** Models that are listed; those of OpenAI where there are none. */
  readonly models: readonly string[]
  readonly chat: ChatStyle
  readonly responses: ResponsesStyle
}

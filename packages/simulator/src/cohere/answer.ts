import type { Book } from '../catalogue.ts'
import type { JsonObject } from '../json.ts'
import type { CitedText } from '../language/cited-text.ts'
import { nearestCall, plainCalls, type ChosenCall, type ToolSpec } from '../language/choose-tools.ts'
import { fillSchema, type FillSource } from '../language/fill-schema.ts'
import { freeJson } from '../language/free-json.ts'
import { quotePassages } from '../language/quote-passages.ts'
import { askLibrarian } from '../librarian.ts'
import { mentionsIn } from '../mentions.ts'
import { textOf } from './message-text.ts'
import { documentSources, textsOf, toolSources } from './sources.ts'
import { stateResults } from './state-results.ts'
import type { ChatRequest, Citation, Source } from './wire.ts'

/** What the simulator says to a request, before a script, a stop sequence or a limit changes it. */
export interface Answer {
  readonly thinking: string
  /** What models that do not think say before they call tools. */
  readonly plan?: string
  readonly text?: string
  readonly citations: readonly Citation[]
  readonly calls: readonly ChosenCall[]
}

// Recorded for every model: a call that was demanded has a plan that says nothing.
const demandedPlan = 'I will use one or more of the available tools to find the answer'

/** Answers a request with what is in it: its tools, their results, its documents, or else the catalogue of books. */
export function answerTo(request: ChatRequest): Answer {
  const turns = request.messages.map((message) => ({ role: message.role, text: textOf(message) }))
  const question = turns.findLast(({ role }) => role === 'user')?.text ?? ''
  const library = askLibrarian({ turns, seed: request.seed ?? undefined })
  const results = toolSources(request.messages)
  const said = results.flatMap((source) => textsOf(source).map(([, text]) => text)).join(' ')
  const known = library.books.map((book) => recordOf(book, question))
  const source: FillSource = { text: question, known, ...(said !== '' && { otherwise: said }) }

  const calls = request.tool_choice === 'NONE' ? [] : callsFor(request, source, results.length > 0)
  if (calls.length > 0) return callAnswer(calls, request.tool_choice === 'REQUIRED')
  if (results.length > 0) {
    return cited(stateResults(question, request.messages, results), 'The tools have answered. I repeat what they said.')
  }
  if (request.response_format?.type === 'json_object') return jsonAnswer(request, source)
  const documents = documentSources(request.documents ?? [])
  if (documents.length > 0) {
    const passages = documents.flatMap((document) => textsOf(document).map(([, text]) => ({ text, source: document })))
    const thinking = `There are ${documents.length} documents. I look for the sentences that match the question.`
    return cited(quotePassages(question, passages), thinking)
  }
  return { thinking: library.thinking, text: library.text, citations: [], calls: [] }
}

function callsFor(request: ChatRequest, source: FillSource, answered: boolean): ChosenCall[] {
  const tools = (request.tools ?? []).map(({ function: tool }): ToolSpec => ({
    name: tool?.name ?? '',
    description: tool?.description ?? '',
    parameters: { ...tool?.parameters, type: 'object' },
  }))
  if (request.tool_choice !== 'REQUIRED') return answered ? [] : plainCalls(tools, source)
  const plain = answered ? [] : plainCalls(tools, source)
  if (plain.length > 0) return plain
  // A tool that has answered already is not the next one to call, where there is another.
  const used = new Set(
    request.messages.flatMap((message) => message.tool_calls ?? []).map((call) => call.function?.name),
  )
  const unused = tools.filter(({ name }) => !used.has(name))
  const call = nearestCall(unused.length > 0 ? unused : tools, source)
  return call ? [call] : []
}

function callAnswer(calls: readonly ChosenCall[], demanded: boolean): Answer {
  const tools = toolsOf(calls)
  const given = calls.map(({ name, args }) => `${name}(${JSON.stringify(args)})`).join(', ')
  return {
    thinking: `The request asks for what ${tools} can find out. I take the arguments from its words: ${given}.`,
    plan: demanded ? demandedPlan : planFor(calls),
    citations: [],
    calls,
  }
}

/** The plan before calls of those tools. */
export function planFor(calls: readonly { readonly name: string }[]): string {
  return `I will use ${toolsOf(calls)} to answer the question.`
}

function toolsOf(calls: readonly { readonly name: string }[]): string {
  const names = [...new Set(calls.map(({ name }) => name))]
  return `the ${join(names)} tool${names.length > 1 ? 's' : ''}`
}

function jsonAnswer({ response_format }: ChatRequest, source: FillSource): Answer {
  const schema = response_format?.json_schema ?? response_format?.schema
  const value = schema ? fillSchema(schema, source).value : freeJson(source)
  const thinking = 'The answer has to be JSON. I fill its fields with what the request says.'
  return { thinking, text: JSON.stringify(value, null, 2), citations: [], calls: [] }
}

function cited({ text, spans }: CitedText<Source>, thinking: string): Answer {
  return { thinking, text, citations: spans.map((span) => ({ ...span, type: 'TEXT_CONTENT' })), calls: [] }
}

function recordOf(book: Book, question: string): JsonObject {
  const { title, author, year, line } = book
  const genre = mentionsIn(question).genres.find((wanted) => book.genres.includes(wanted)) ?? book.genres[0]
  return { title, author, year, genre, summary: line, description: line, name: title }
}

function join(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

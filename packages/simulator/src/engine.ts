import type { Book } from './catalogue.ts'
import type { JsonObject } from './json.ts'
import { nearestCall, plainCalls, type ChosenCall, type ToolSpec } from './language/choose-tools.ts'
import type { CitedSpan, CitedText } from './language/cited-text.ts'
import { fillSchema, type FillSource } from './language/fill-schema.ts'
import { freeJson } from './language/free-json.ts'
import { quotePassages, type Passage } from './language/quote-passages.ts'
import { stateResults, type ToolResult } from './language/state-results.ts'
import { textDocuments, type TextDocument } from './language/text-documents.ts'
import { askLibrarian } from './librarian.ts'
import { mentionsIn } from './mentions.ts'

/** What answers where no script does: rules that extract, and no language model. Answers name it in a header. */
export const engineName = 'local/extract-1'

/** A request as the engine sees it, whatever the vendor's format; `Source` is what a citation refers to. */
export interface Question<Source> {
  readonly turns: readonly { readonly role: string; readonly text: string }[]
  readonly seed: number | undefined
  readonly tools: readonly ToolSpec[]
  readonly choice: 'auto' | 'required' | 'none'
  /** The tools that were called before in the conversation. */
  readonly called: readonly (string | undefined)[]
  /** What tools have answered at the end of the conversation. */
  readonly results: readonly ToolResult<Source>[]
  /** Set when the answer has to be JSON, by the schema where there is one. */
  readonly json: { readonly schema: JsonObject | undefined } | undefined
  /** Texts that may be quoted; `undefined` where the request has no documents. */
  readonly passages: readonly Passage<Source>[] | undefined
}

/** What the engine says. */
export interface EngineAnswer<Source> {
  readonly thinking: string
  readonly text?: string
  readonly spans: readonly CitedSpan<Source>[]
  /** What it quotes of documents that stand in the texts of messages. */
  readonly quotes?: readonly CitedSpan<TextDocument>[]
  readonly calls: readonly ChosenCall[]
}

/** Answers with what is in the request: its tools, their results, its documents, or else the catalogue of books. */
export function answerQuestion<Source>(asked: Question<Source>): EngineAnswer<Source> {
  const question = asked.turns.findLast(({ role }) => role === 'user')?.text ?? ''
  const library = askLibrarian(asked)
  const said = asked.results.flatMap(({ fields }) => fields.map(([, text]) => text)).join(' ')
  const known = library.books.map((book) => recordOf(book, question))
  const source: FillSource = { text: question, known, ...(said !== '' && { otherwise: said }) }

  const calls = asked.choice === 'none' ? [] : callsFor(asked, source)
  if (calls.length > 0) return { thinking: whyCalled(calls), spans: [], calls }
  if (asked.json) return jsonAnswer(asked.json.schema, source)
  if (asked.results.length > 0) {
    return cited(stateResults(question, asked.results), 'The tools have answered. I repeat what they said.')
  }
  if (asked.passages) {
    const count = new Set(asked.passages.map((passage) => passage.source)).size
    const thinking = `There are ${count} documents. I look for the sentences that match the question.`
    return cited(quotePassages(question, asked.passages), thinking)
  }
  return textAnswer(asked.turns) ?? { thinking: library.thinking, text: library.text, spans: [], calls: [] }
}

/** An answer from documents that stand in the texts of messages; `undefined` where there are none. */
function textAnswer(turns: Question<unknown>['turns']): EngineAnswer<never> | undefined {
  const told = turns.filter(({ role }) => role !== 'assistant')
  const { documents, rests } = textDocuments(told.map(({ text }) => text))
  if (documents.length === 0) return undefined
  const asker = told.findLastIndex(({ role }, at) => role === 'user' && rests[at] !== '')
  const passages = documents.map((source) => ({ text: source.text, title: source.title ?? '', source }))
  const { text, spans } = quotePassages(rests[asker] ?? '', passages)
  const thinking = `The messages have ${documents.length} ${documents.length === 1 ? 'document' : 'documents'} in them. I look for the sentences that match the question.`
  return { thinking, text, spans: [], quotes: spans, calls: [] }
}

/** "the f and g tools". */
export function toolsOf(calls: readonly { readonly name: string }[]): string {
  const names = [...new Set(calls.map(({ name }) => name))]
  return `the ${join(names)} tool${names.length > 1 ? 's' : ''}`
}

function callsFor<Source>({ tools, choice, called, results }: Question<Source>, source: FillSource): ChosenCall[] {
  const plain = results.length > 0 ? [] : plainCalls(tools, source)
  if (choice !== 'required' || plain.length > 0) return plain
  // A tool that has answered already is not the next one to call, where there is another.
  const used = new Set(called)
  const unused = tools.filter(({ name }) => !used.has(name))
  const call = nearestCall(unused.length > 0 ? unused : tools, source)
  return call ? [call] : []
}

function whyCalled(calls: readonly ChosenCall[]): string {
  const given = calls.map(({ name, args }) => `${name}(${JSON.stringify(args)})`).join(', ')
  return `The request asks for what ${toolsOf(calls)} can find out. I take the arguments from its words: ${given}.`
}

function jsonAnswer<Source>(schema: JsonObject | undefined, source: FillSource): EngineAnswer<Source> {
  const value = schema ? fillSchema(schema, source).value : freeJson(source)
  const thinking = 'The answer has to be JSON. I fill its fields with what the request says.'
  return { thinking, text: JSON.stringify(value, null, 2), spans: [], calls: [] }
}

function cited<Source>({ text, spans }: CitedText<Source>, thinking: string): EngineAnswer<Source> {
  return { thinking, text, spans, calls: [] }
}

function recordOf(book: Book, question: string): JsonObject {
  const { title, author, year, line } = book
  const genre = mentionsIn(question).genres.find((wanted) => book.genres.includes(wanted)) ?? book.genres[0]
  return { title, author, year, genre, summary: line, description: line, name: title }
}

function join(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

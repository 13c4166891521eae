import { bm25 } from './bm25.ts'
import { CitedText } from './cited-text.ts'
import { sentencesOf } from './sentences.ts'

/** What a tool has answered: the texts in it that can be quoted, with the names of their fields. */
export interface ToolResult<Source> {
  /** The tool's name, where the conversation tells it. */
  readonly name: string | undefined
  readonly fields: readonly (readonly [string, string])[]
  readonly source: Source
}

const longestQuote = 200

/** States what tools have answered, word for word, and cites it. */
export function stateResults<Source>(question: string, results: readonly ToolResult<Source>[]): CitedText<Source> {
  const answer = new CitedText<Source>()
  for (const { name = 'the tool', fields, source } of results) {
    answer.say(answer.text === '' ? '' : ' ')
    if (fields.length === 0) {
      answer.say(`There is no result from ${name}.`)
      continue
    }
    answer.say(`According to ${name}: `)
    for (const [at, [field, text]] of fields.entries()) {
      if (at > 0) answer.say(', ')
      if (fields.length > 1) answer.say(`${field} `)
      answer.quote(excerpt(question, text), [source])
    }
    if (!/[.!?]$/.test(answer.text)) answer.say('.')
  }
  return answer
}

/** The whole of a short text, and the best sentence of a long one. */
function excerpt(question: string, text: string): string {
  if (text.length <= longestQuote) return text
  const sentences = sentencesOf(text)
  const scores = bm25(question, sentences)
  return sentences[scores.indexOf(scores.reduce((most, score) => Math.max(most, score), 0))] ?? text
}

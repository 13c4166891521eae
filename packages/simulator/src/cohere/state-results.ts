import { bm25 } from '../language/bm25.ts'
import { CitedText } from '../language/cited-text.ts'
import { sentencesOf } from '../language/sentences.ts'
import { textsOf } from './sources.ts'
import type { Message, Source } from './wire.ts'

const longestQuote = 200

/** States what tools have answered, word for word, and cites it. */
export function stateResults(
  question: string,
  messages: readonly Message[],
  results: readonly Source[],
): CitedText<Source> {
  const calls = new Map(
    messages.flatMap((message) => message.tool_calls ?? []).map((call) => [call.id, call.function?.name]),
  )
  const answer = new CitedText<Source>()
  for (const result of results) {
    const name = calls.get(result.id.replace(/:\d+$/, '')) ?? 'the tool'
    const fields = textsOf(result)
    answer.say(answer.text === '' ? '' : ' ')
    if (fields.length === 0) {
      answer.say(`There is no result from ${name}.`)
      continue
    }
    answer.say(`According to ${name}: `)
    for (const [at, [field, text]] of fields.entries()) {
      if (at > 0) answer.say(', ')
      if (fields.length > 1) answer.say(`${field} `)
      answer.quote(excerpt(question, text), [result])
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

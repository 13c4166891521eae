import { bm25 } from './bm25.ts'
import { CitedText } from './cited-text.ts'
import { sentencesOf } from './sentences.ts'

/** A text that may be quoted, and where it comes from. */
export interface Passage<Source> {
  readonly text: string
  readonly source: Source
}

const mostSentences = 3
// What a title has in common with a question counts for less: it says nothing by itself.
const fragmentShare = 0.3
const summary = /\b(?:summar(?:y|i[sz]e)|overview|tl;?dr|what (?:do|does|did) (?:it|they|this|these|the) )/i

/** Answers a question with the sentences that match it best, word for word; says so where none does. */
export function quotePassages<Source>(question: string, passages: readonly Passage<Source>[]): CitedText<Source> {
  const answer = new CitedText<Source>()
  for (const [at, { text, sources }] of chosen(question, passages).entries()) {
    answer.say(at === 0 ? '' : ' ').quote(text, sources)
  }
  return answer.text === '' ? answer.say('The documents say nothing about that.') : answer
}

interface Sentence<Source> {
  readonly text: string
  readonly sources: readonly Source[]
}

function chosen<Source>(question: string, passages: readonly Passage<Source>[]): Sentence<Source>[] {
  // What several passages say is said once, with all of them as sources.
  const known = new Map<string, Source[]>()
  const firsts: string[] = []
  for (const { text, source } of passages) {
    const sentences = sentencesOf(text)
    const first = sentences.find(isSentence)
    if (first !== undefined) firsts.push(first)
    for (const sentence of sentences) {
      const sources = known.get(sentence)
      if (!sources) known.set(sentence, [source])
      else if (!sources.includes(source)) sources.push(source)
    }
  }
  const all = [...known].map(([text, sources]) => ({ text, sources }))
  const matches = bm25(
    question,
    all.map(({ text }) => text),
  )
  const scores = matches.map((score, at) => (isSentence(all[at]?.text ?? '') ? score : score * fragmentShare))
  const best = scores.reduce((most, score) => Math.max(most, score), 0)
  if (best === 0) {
    if (!summary.test(question)) return []
    return all.filter(({ text }) => firsts.includes(text)).slice(0, mostSentences)
  }
  const ranked = all.map((sentence, at) => ({ sentence, score: scores[at] ?? 0 }))
  const good = ranked
    .filter(({ score }) => score >= 0.6 * best)
    .toSorted((one, other) => other.score - one.score)
    .map(({ sentence }) => sentence)
  const whole = good.filter(({ text }) => isSentence(text))
  const taken = new Set((whole.length > 0 ? whole : good).slice(0, mostSentences))
  return all.filter((sentence) => taken.has(sentence))
}

function isSentence(text: string): boolean {
  return /[.!?…]["”’)]?$/.test(text)
}

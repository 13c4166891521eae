import { bm25 } from './bm25.ts'
import { CitedText } from './cited-text.ts'
import { sentencesOf } from './sentences.ts'

/** A text that may be quoted, and where it comes from. */
export interface Passage<Source> {
  readonly text: string
  /** What the text is about, which its sentences need not say again; not quoted. Default: the other texts of the source. */
  readonly title?: string
  readonly source: Source
}

const mostSentences = 3
// What a title has in common with a question counts for less: it says nothing by itself.
const fragmentShare = 0.3
// How much the document counts beside the sentence, and a sentence that has the kind of thing that is asked for.
const contextShare = 0.5
const kindBonus = 1.4
const numberWords = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight'
const expected: readonly (readonly [RegExp, RegExp])[] = [
  [/\bhow (?:much|many|long|far|old|big)\b|\bprice|\bcosts?\b/i, new RegExp(`\\d|\\b(?:${numberWords})\\b`, 'i')],
  [
    /\bwhen\b|\bwhat (?:time|day|year|date)\b/i,
    new RegExp(
      `\\d|\\b(?:${numberWords}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december)\\b`,
      'i',
    ),
  ],
]
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
  const about = contextScores(question, passages)
  const matches = bm25(
    question,
    all.map(({ text }) => text),
  )
  const scores = matches.map((score, at) => {
    const { text = '', sources = [] } = all[at] ?? {}
    const context = sources.reduce((most, source) => Math.max(most, about.get(source) ?? 0), 0)
    const answers = expected.some(([asks, has]) => asks.test(question) && has.test(text)) ? kindBonus : 1
    // A sentence that has nothing of the question is no answer, however good its document is.
    const whole = score === 0 ? 0 : (score + contextShare * context) * answers
    return isSentence(text) ? whole : whole * fragmentShare
  })
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

/** How well each source matches as a whole: "It costs 12 euros" is about the ferry where its document is. */
function contextScores<Source>(question: string, passages: readonly Passage<Source>[]): ReadonlyMap<Source, number> {
  const texts = new Map<Source, string>()
  for (const { text, title = '', source } of passages) {
    texts.set(source, `${texts.get(source) ?? ''} ${title} ${text}`)
  }
  const scores = bm25(question, [...texts.values()])
  return new Map([...texts.keys()].map((source, at) => [source, scores[at] ?? 0]))
}

function isSentence(text: string): boolean {
  return /[.!?…]["”’)]?$/.test(text)
}

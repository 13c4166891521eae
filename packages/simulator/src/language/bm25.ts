import { conceptOf } from './concepts.ts'
import { stemsOf } from './words.ts'

// The usual constants: how fast a repeated word stops to count, and how much long texts are held back.
const saturation = 1.2
const lengthWeight = 0.75

// A synonym is less than the word itself.
const conceptShare = 0.5

/** How well each text matches the query by Okapi BM25; 0 where they share neither a word nor a synonym. */
export function bm25(query: string, texts: readonly string[]): number[] {
  const wanted = [...new Set(termsOf(query))]
  const counted = texts.map((text) => countOf(termsOf(text)))
  const average = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length)
  const weights = wanted.map((word) => {
    const having = counted.filter(({ counts }) => counts.has(word)).length
    return Math.log(1 + (texts.length - having + 0.5) / (having + 0.5))
  })
  return counted.map(({ counts, length }) => {
    const norm = saturation * (1 - lengthWeight + (lengthWeight * length) / Math.max(1, average))
    return wanted.reduce((score, word, at) => {
      const count = counts.get(word) ?? 0
      const share = word.startsWith(conceptMark) ? conceptShare : 1
      return score + (share * (weights[at] ?? 0) * count * (saturation + 1)) / (count + norm)
    }, 0)
  })
}

// Neighbours are terms too: "capital of the United States" is more than its words. So is the thing that a word stands for.
function termsOf(text: string): string[] {
  const stems = stemsOf(text)
  const concepts = stems.flatMap((word) => conceptOf(word) ?? []).map((concept) => `${conceptMark}${concept}`)
  return [...stems, ...stems.slice(1).map((word, at) => `${stems[at]} ${word}`), ...concepts]
}

const conceptMark = '~'

function countOf(words: readonly string[]): { counts: ReadonlyMap<string, number>; length: number } {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { counts, length: words.filter((word) => !word.startsWith(conceptMark)).length }
}

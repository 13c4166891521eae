import { fingerprint } from '../fingerprint.ts'
import { conceptOf } from './concepts.ts'
import { isStopWord, stem, wordsOf } from './words.ts'

// Each feature is spread over so many places of the vector, so that short texts fill it too.
const spread = 16
const weights = { word: 1, concept: 0.9, common: 0.1, gram: 0.25, pair: 0.4 }

/**
 * A vector of length 1 for a text, by feature hashing of stems, pairs of words, parts of words, and a short list of
 * synonyms. Texts with words in common are near to each other; nothing of the vector has a meaning beyond that.
 */
export function embed(text: string, size: number): Float64Array {
  const vector = new Float64Array(size)
  const words = wordsOf(text)
  for (const [at, word] of words.entries()) {
    const common = isStopWord(word)
    add(vector, `w ${stem(word)}`, common ? weights.common : weights.word)
    if (common) continue
    const concept = conceptOf(stem(word))
    if (concept !== undefined) add(vector, `c ${concept}`, weights.concept)
    const next = words[at + 1]
    if (next !== undefined) add(vector, `p ${stem(word)} ${stem(next)}`, weights.pair)
    const padded = `<${word}>`
    for (let start = 0; start + 3 <= padded.length; start++) {
      add(vector, `g ${padded.slice(start, start + 3)}`, weights.gram / Math.sqrt(word.length))
    }
  }
  // A text without words is a feature of its own.
  if (words.length === 0) add(vector, `t ${text}`, 1)
  return normalized(vector)
}

/** A vector of length 1 for data that is no text: near to itself, and to nothing else. */
export function embedData(data: string, size: number): Float64Array {
  const vector = new Float64Array(size)
  for (let place = 0; place < size; place += spread) add(vector, `d ${place} ${fingerprint(data)} ${data.length}`, 1)
  return normalized(vector)
}

/** The cosine of the angle between two vectors of length 1. */
export function cosine(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
}

function add(vector: Float64Array, feature: string, weight: number): void {
  let hash = fingerprint(feature)
  for (let count = 0; count < spread; count++) {
    hash = (Math.imul(hash, 1664525) + 1013904223) >>> 0
    const place = (hash >>> 8) % vector.length
    vector[place] = (vector[place] ?? 0) + ((hash & 0x80) === 0 ? weight : -weight)
  }
}

function normalized(vector: Float64Array): Float64Array {
  const length = Math.sqrt(cosine(vector, vector))
  return length === 0 ? vector : vector.map((value) => value / length)
}

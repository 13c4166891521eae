// Words that say nothing about what a sentence is about.
const stopWords = new Set(
  (
    'a about after all am an and any are as at be been but by can could did do does doing for from had has have he her ' +
    'here hers him his how i if in into is it its just let like may me might must my no not of on one only or our out ' +
    'please she should so some such tell than that the their them then there these they this those to up us was we ' +
    'were what when where which while who whom whose why will with would you your'
  ).split(' '),
)

/** Whether a word (lower case) says nothing by itself, such as `the`. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word)
}

/** The words of a text in lower case, without accents; `get_weather` and `getWeather` are two words each. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[‘’]/g, "'")
  const apart = plain.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').toLowerCase()
  return (apart.match(/[\p{L}\p{N}]+(?:'\p{L}+)?/gu) ?? []).map((word) => word.replace(/'s$/, ''))
}

/** A word without its ending, so that `cities` and `city` are the same; English, and simple. */
export function stem(word: string): string {
  if (word.length < 4) return word
  const rest = word
    .replace(/ies$/, 'y')
    .replace(/(?<=ss|sh|ch|x|z)es$/, '')
    .replace(/(?<=[^su])s$/, '')
  // A calculator calculates, and what it makes is a calculation.
  const short = rest.replace(/(?<=[a-z]{4}t)(?:or|ion)$/, '').replace(/(?<=[a-z]{3})(?:ings?|ed|ly)$/, '')
  return short.replace(/(?<=[a-z]{3})e$/, '').replace(/(?<=[a-z]{2})([b-df-hj-np-rtv-z])\1$/, '$1')
}

/** The stems of what a text is about, in its order, with repetitions. */
export function stemsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !stopWords.has(word))
    .map(stem)
}

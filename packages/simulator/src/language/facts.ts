import { datePattern, isoDate } from './dates.ts'
import { isStopWord } from './words.ts'

/** What a fact is; a `weak name` begins a sentence, where any word has a capital, and a `phrase` has none. */
export type FactKind =
  | 'date-time'
  | 'date'
  | 'time'
  | 'email'
  | 'url'
  | 'uuid'
  | 'phone'
  | 'quoted'
  | 'expression'
  | 'number'
  | 'name'
  | 'weak name'
  | 'phrase'

/** Something in a text that can be the value of a field. */
export interface Fact {
  readonly kind: FactKind
  readonly value: string
  /** Where it stands in the text. */
  readonly start: number
  readonly end: number
}

const numberWords = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const verbs =
  'add ask book calculate call can compare compute convert create current describe draft email extract find forecast ' +
  'generate get give hello help hey hi invoke list look lookup make multiply open order plan play read recommend ' +
  'remind reserve run say schedule search send set show subtract suggest summarise summarize thanks translate ' +
  'turn use weather write yes'
const ordinaryStarts = new Set([...verbs.split(' '), ...verbs.split(' ').map((verb) => `${verb}s`)])

const patterns: readonly (readonly [FactKind, RegExp])[] = [
  [
    'quoted',
    /"([^"\n]{1,300})"|“([^”\n]{1,300})”|(?<![\p{L}\p{N}])'([^'\n]{1,300})'(?![\p{L}\p{N}])|`([^`\n]{1,300})`/gu,
  ],
  ['email', /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g],
  ['url', /\bhttps?:\/\/[^\s"'<>)\]]+[^\s"'<>)\].,;!?]/g],
  ['uuid', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi],
  ['date-time', /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?/g],
  ['date', datePattern],
  ['time', /\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[ap]m\b)?/gi],
  ['phone', /(?<![\w.])(?:\+\d{1,3}(?:[ -]?\(?\d{1,5}\)?){2,6}|\(?\d{3}\)?[ -]\d{3}[ -]\d{4})(?!\w)/g],
  ['expression', /(?<![\w.])\d[\d.]*(?: ?[-+*/^×÷] ?\d[\d.]*)+(?![\w])/g],
  // "2 of 5" is 2.
  ['number', /(?<![\w.])\d+(?:\.\d+)? (?:out )?of (?:5|10|100)(?![\w.]\d|\w)/g],
  ['number', /(?<![\w.])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.])-?\d+(?:\.\d+)?(?!\w|\.\d)/g],
  ['number', new RegExp(`\\b(?:${numberWords.slice(2).join('|')})\\b`, 'gi')],
]

const name =
  /\p{Lu}[\p{L}\p{N}’'-]*(?:[ ](?:(?:de|da|di|du|van|von|der|of|la|le|el)[ ]){0,2}\p{Lu}[\p{L}\p{N}’'-]*)*(?:, [A-Z]{2}\b)?/gu
const phrase =
  /\b(?:in|for|at|to|of|from|near|about|on|into)\s+(?:the |a |an |my |our )?([\p{Ll}\p{N}][\p{L}\p{N}' -]{0,120})/gu

/** Everything in a text that can be the value of a field, in the text's order; the same characters count once. */
export function factsOf(text: string): Fact[] {
  const facts: Fact[] = []
  let rest = text
  for (const [kind, pattern] of patterns) {
    rest = rest.replace(pattern, (written, ...groups: unknown[]) => {
      const start = Number(groups.find((group) => typeof group === 'number'))
      const quoted = groups.find((group) => typeof group === 'string')
      const value = kind === 'quoted' ? String(quoted) : valueOf(kind, written)
      facts.push({ kind, value, start, end: start + written.length })
      return cover(written)
    })
  }
  rest = rest.replace(name, (written, at: number) => {
    const fact = nameIn(text, written, at)
    if (!fact) return written
    facts.push(fact)
    return written.slice(0, fact.start - at) + cover(written.slice(fact.start - at))
  })
  for (const match of rest.matchAll(phrase)) {
    const value = trimPhrase(match[1] ?? '')
    const start = match.index + match[0].indexOf(match[1] ?? '')
    if (value !== '') facts.push({ kind: 'phrase', value, start, end: start + value.length })
  }
  return facts.toSorted((one, other) => one.start - other.start)
}

// What is understood is covered with a sign that no pattern takes.
function cover(written: string): string {
  return '\u0000'.repeat(written.length)
}

function valueOf(kind: FactKind, written: string): string {
  if (kind === 'date') return isoDate(written)
  if (kind !== 'number') return written
  const word = numberWords.indexOf(written.toLowerCase())
  return word === -1 ? (written.split(' ')[0] ?? '').replaceAll(',', '') : String(word)
}

function nameIn(text: string, written: string, at: number): Fact | undefined {
  const starts = /(?:^|[.!?:\n])["'“(\s]*$/.test(text.slice(Math.max(0, at - 4), at))
  let [value, start] = [written.replace(/['’]s?$/, ''), at]
  // "Recommend Dune" names Dune; "I" and "The" name nothing anywhere.
  for (let first = firstWord(value); isOrdinary(first, starts && start === at); first = firstWord(value)) {
    const gap = value.slice(first.length).search(/\p{Lu}/u)
    if (gap === -1) return undefined
    start += first.length + gap
    value = value.slice(first.length + gap)
  }
  const after = text.slice(at + written.length, at + written.length + 8)
  const weak = starts && start === at && !value.includes(' ') && !/^(?:[,:]|\s+(?:is|was|and)\b)/.test(after)
  return { kind: weak ? 'weak name' : 'name', value, start, end: start + value.length }
}

function firstWord(value: string): string {
  return value.split(/[ ’']/, 1)[0] ?? ''
}

function isOrdinary(word: string, starts: boolean): boolean {
  const lower = word.toLowerCase()
  return isStopWord(lower) || word === 'JSON' || (starts && ordinaryStarts.has(lower))
}

// "paris tomorrow?" is about paris.
function trimPhrase(value: string): string {
  const ended = value.split(/ (?:and|or|but|with|using|then|so) |\s{2,}/)[0] ?? ''
  return ended
    .replace(/(?: (?:today|tomorrow|tonight|now|right now|please|this week|this weekend|currently))+$/i, '')
    .trim()
}

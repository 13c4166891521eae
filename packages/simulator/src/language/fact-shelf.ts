import { factsOf, type Fact, type FactKind } from './facts.ts'
import { stem, wordsOf } from './words.ts'

/** The words of a field's name that holds something to calculate. */
export const expressionField: RegExp = /\b(?:expressions?|formulas?|equations?|calculations?)\b/

// What a field is likely to hold, by the words of its name. The first row that fits decides.
const habits: readonly (readonly [RegExp, readonly FactKind[]])[] = [
  [/\be?mails?\b|\brecipients?\b/, ['email']],
  [/^to$/, ['email', 'name', 'quoted', 'phrase']],
  [/\b(?:phones?|telephones?|mobiles?|fax)\b/, ['phone']],
  [/\b(?:urls?|links?|websites?)\b/, ['url']],
  [/\b(?:dates?|days?|birthdays?|deadlines?|departure|arrival)\b/, ['date', 'date-time', 'phrase']],
  [/\b(?:times?|hours?)\b/, ['time', 'date-time', 'phrase']],
  [expressionField, ['expression', 'quoted']],
  [/\b(?:sql|code|scripts?|commands?|programs?)\b/, ['quoted']],
]
const usual: readonly FactKind[] = [
  'quoted',
  'name',
  'email',
  'url',
  'uuid',
  'date',
  'date-time',
  'weak name',
  'phrase',
]
const questions = /^(?:query|queries|question|q|search(?: (?:query|term|text|string))?|keywords?|topic|prompt|request)$/
const opening =
  /^(?:please |can you |could you |would you |i want you to )*(?:(?:search|look)(?: the (?:web|internet))?(?: for| up)?|find(?: out)?|google|tell me(?: about)?|what is|what's|who is)\s+/i

const listItem = "[\\p{L}\\p{N}][\\p{L}\\p{N}'’-]{0,30}(?: [\\p{L}\\p{N}][\\p{L}\\p{N}'’-]{0,30})?"
const list = new RegExp(
  `(?:\\b(?:likes?|loves?|enjoys?|includ(?:es?|ing)|are|is|has|have|with|of|buy|needs?|bring|for|as|tags?|items?)\\b:?|:) (${listItem}(?:, ${listItem}){1,19},? (?:and|or) ${listItem}?)(?=[.,;!?\\n]|$)`,
  'iu',
)

/** The facts of a text, each of which is given out once, to the field that asks for it first. */
export class FactShelf {
  readonly #text: string
  readonly #words: ReadonlySet<string>
  #facts: readonly Fact[]

  constructor(text: string) {
    this.#text = text
    this.#facts = factsOf(text)
    this.#words = new Set(wordsOf(text).map(stem))
  }

  /** How many facts nobody has taken yet. */
  get left(): number {
    return this.#facts.length
  }

  /** Whether the text has all the words, in whatever form. */
  mentions(words: string): boolean {
    const wanted = wordsOf(words).map(stem)
    return wanted.length > 0 && wanted.every((word) => this.#words.has(word))
  }

  /** Whether the text says yes or no to a thing; `undefined` where it does not speak of it. */
  saidOf(name: string): boolean | undefined {
    const words = wordsOf(name.replace(/^(?:is|has|should|include|with|enable)_?(?=[A-Z_]|[a-z]{3})/, ''))
    const last = words.at(-1)
    if (!last || !this.mentions(words.join(' '))) return undefined
    const before = this.#text.slice(0, Math.max(0, this.#text.toLowerCase().indexOf(last)))
    const after = this.#text.slice(before.length)
    if (/^[\w ]{0,24}\b(?:is |to |[:=] ?)?(?:false|no|off)\b/i.test(after)) return false
    return !/\b(?:no|not|without|don't|never|disable|skip)\b[\w ]{0,16}$/i.test(before)
  }

  /** The number nearest to the field's name; the first one where the text does not have the name. */
  takeNumber(name: string): number | undefined {
    const numbers = this.#facts.filter(({ kind }) => kind === 'number')
    const fact = this.#nearest(numbers, name)
    return fact && Number(this.#take(fact).value)
  }

  /** The text's best value for a field of that name and format; `undefined` where it has none. */
  takeString(name: string, format?: string, allowed: (text: string) => boolean = () => true): string | undefined {
    const words = wordsOf(name).join(' ')
    const exact = (['date', 'date-time', 'time', 'uuid', 'email'] as const).find((kind) => kind === format)
    const habit = exact ? [exact] : habits.find(([pattern]) => pattern.test(words))?.[1]
    if (!exact && questions.test(words)) return this.#question()
    const labelled = exact || habit ? undefined : (this.#labelled(words) ?? this.#reference(words))
    if (labelled !== undefined && allowed(labelled)) return labelled
    for (const kind of habit ?? usual) {
      const fact = this.#facts.find((candidate) => candidate.kind === kind && allowed(candidate.value))
      if (fact) return this.#take(fact).value
    }
    if (allowed === undefined || exact) return undefined
    return this.#word(allowed)
  }

  /** Whether there is something to calculate. */
  get hasExpression(): boolean {
    return this.#facts.some(({ kind }) => kind === 'expression')
  }

  /** Names that stand side by side: "Paris, Rome and Oslo". One name is a row of its own. */
  namesInRow(): string[] {
    const names = this.#facts.filter(({ kind }) => kind === 'name')
    const row: Fact[] = names.slice(0, 1)
    for (const next of names.slice(1)) {
      const gap = this.#text.slice(row.at(-1)?.end ?? 0, next.start)
      if (!/^,? (?:and |or |& )?(?:in |for |of )?$/.test(gap)) break
      row.push(next)
    }
    return row.map(({ value }) => value)
  }

  // "title: Dune", "the name is John".
  #labelled(words: string): string | undefined {
    const name = words.replace(/[^\p{L}\p{N} ]/gu, '').replaceAll(' ', '[ _]')
    if (name === '') return undefined
    const quoted = `["“']([^"”'\\n]{1,200})["”']`
    const verb = '(?:is|are|=|:|called|named)'
    const pattern = `(?<![\\p{L}\\p{N}])${name}(?:\\s*${verb})?\\s+${quoted}|(?<![\\p{L}\\p{N}])${name}\\s*${verb}\\s+([^,;\\n"“]{1,80})`
    const label = new RegExp(pattern, 'iu')
    const match = label.exec(this.#text)
    const value = match?.[1] ?? match?.[2]?.split(/\.(?:\s|$)|[?!]| and /)[0]?.trim()
    if (!match || !value) return undefined
    const [start, end] = [match.index, match.index + match[0].length]
    this.#facts = this.#facts.filter((fact) => fact.end <= start || fact.start >= end || !value.includes(fact.value))
    return value
  }

  // "Invoice 4711" and "order no. A-17" for `invoice_number` and `order_id`.
  #reference(words: string): string | undefined {
    const thing = /^(\p{L}[\p{L}\p{N} ]*) (?:number|id|no|code|reference|ref)$/u.exec(words)?.[1]
    if (thing === undefined) return undefined
    const sign = '(?:number|id|no\\.?|code|reference|ref\\.?|nr\\.?)?'
    const pattern = `(?<![\\p{L}\\p{N}])${thing.replaceAll(' ', '[ _]')}\\s*${sign}\\s*[:#]?\\s*((?=[\\w-]*\\d)[\\w-]{1,40})`
    const match = new RegExp(pattern, 'iu').exec(this.#text)
    if (!match?.[1]) return undefined
    const [start, end] = [match.index, match.index + match[0].length]
    this.#facts = this.#facts.filter((fact) => fact.end <= start || fact.start >= end)
    return match[1]
  }

  /** The items of a list in a sentence, "chess, hiking and jazz"; `undefined` where there is no list of three or more. */
  takeList(): readonly string[] | undefined {
    const match = list.exec(this.#text)
    if (!match) return undefined
    const [start, end] = [match.index, match.index + match[0].length]
    this.#facts = this.#facts.filter((fact) => fact.end <= start || fact.start >= end)
    return (match[1] ?? '').split(/,? (?:and|or) |, /).map((item) => item.trim())
  }

  #question(): string | undefined {
    const question = this.#text.replace(opening, '').replace(/[?.!\s]+$/, '')
    return question === '' ? undefined : question
  }

  // A pattern may want what is no fact otherwise, such as "AB-1234".
  #word(allowed: (text: string) => boolean): string | undefined {
    if (allowed('') || allowed('any text at all')) return undefined
    return this.#text.match(/[^\s,;()"?!]+/g)?.find((word) => allowed(word))
  }

  #nearest(facts: readonly Fact[], name: string): Fact | undefined {
    const lower = this.#text.toLowerCase()
    const places = wordsOf(name === 'age' ? 'years old' : name).flatMap((word) => {
      const at = lower.indexOf(word)
      return at === -1 ? [] : [at]
    })
    const distance = ({ start }: Fact): number => Math.min(...places.map((place) => Math.abs(place - start)))
    return places.length === 0 ? facts[0] : facts.toSorted((one, other) => distance(one) - distance(other))[0]
  }

  #take(fact: Fact): Fact {
    this.#facts = this.#facts.filter((other) => other !== fact && (other.end <= fact.start || other.start >= fact.end))
    return fact
  }
}

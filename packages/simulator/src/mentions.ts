import { catalogue, type Book, type Genre } from './catalogue.ts'

/** What of the catalogue a text speaks of. */
export interface Mentions {
  readonly books: readonly Book[]
  readonly authors: readonly string[]
  readonly genres: readonly Genre[]
}

const genreWords: readonly (readonly [Genre, RegExp])[] = [
  ['fantasy', /\b(?:fantasy|fantasies|magic|magical|wizards?|dragons?)\b/],
  ['science fiction', /\b(?:science[- ]fiction|sci[- ]?fi|sf|cyberpunk|space operas?|aliens?|robots?)\b/],
  ['mystery', /\b(?:myster(?:y|ies)|whodunn?its?|detectives?|crime|murders?)\b/],
  ['thriller', /\b(?:thrillers?|suspense|spy|spies|espionage)\b/],
  ['horror', /\b(?:horror|scary|spooky|ghosts?|vampires?|haunted)\b/],
  ['romance', /\b(?:romances?|romantic|love stor(?:y|ies))\b/],
  ['dystopia', /\b(?:dystopia[ns]?|dystopias|post-?apocalyptic)\b/],
  ['historical fiction', /\b(?:historical|history)\b/],
  ['classic', /\bclassics?\b/],
  ['adventure', /\badventures?\b/],
  ['children', /\b(?:children(?:'s)?|kids?|childhood)\b/],
  ['humour', /\b(?:humou?r|humorous|funny|comic|comedy|comedies)\b/],
  ['nonfiction', /\b(?:non-?fiction|memoirs?|biograph(?:y|ies)|popular science)\b/],
]

// Surnames that are first names or words too; their owners are known by the full name only.
const ambiguous = new Set(['King', 'Frank', 'James', 'Lewis', 'Dick', 'Jackson', 'Adams', 'Carroll', 'Cixin'])

/** Letters without accents, straight quotes: how people type. The case is kept. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replace(/[‘’]/g, "'")
}

function wordsPattern(name: string, flags = 'gi'): RegExp {
  const words = plain(name).match(/[\w']+/g) ?? []
  return new RegExp(`(?<!\\w)${words.join('[^\\w]+')}(?!\\w)`, flags)
}

// A title of one word is a word like any other, so that it counts with its capital, or where a title is expected.
function titlePatterns(book: Book): RegExp[] {
  return [book.title, ...book.aliases].flatMap((name) => {
    if (/\W/.test(name)) return [wordsPattern(name)]
    const expected = '(?:wrote|read|reading|like|love|loved|liked|enjoyed|finished|about|of|is|was) ["\']?'
    return [wordsPattern(name, 'g'), new RegExp(`(?<=\\b${expected})${name.toLowerCase()}(?!\\w)`, 'g')]
  })
}

const titles = catalogue.map((book) => ({ book, patterns: titlePatterns(book) }))
const authorNames = [...new Set(catalogue.map(({ author }) => author))].map((author) => {
  const surname = plain(author).split(' ').at(-1) ?? ''
  return {
    author,
    full: wordsPattern(author),
    surname: ambiguous.has(surname) ? undefined : wordsPattern(surname, 'g'),
  }
})

/** Finds the books, authors and genres that a text names. */
export function mentionsIn(text: string): Mentions {
  let rest = plain(text)
  const found = (pattern: RegExp): boolean => {
    const before = rest
    // What has been understood is taken out: "Murder on the Orient Express" names a book, and no genre.
    rest = rest.replace(pattern, ' ')
    return rest !== before
  }
  const byFullName = authorNames.filter(({ full }) => found(full))
  const books = titles.filter(({ patterns }) => patterns.map(found).includes(true)).map(({ book }) => book)
  const bySurname = authorNames.filter(({ surname }) => surname !== undefined && found(surname))
  const authors = [...new Set([...byFullName, ...bySurname].map(({ author }) => author))]
  const lower = rest.toLowerCase()
  return { books, authors, genres: genreWords.filter(([, words]) => words.test(lower)).map(([genre]) => genre) }
}

import { catalogue, genres, type Book } from './catalogue.ts'
import { fingerprint } from './fingerprint.ts'
import { mentionsIn, type Mentions } from './mentions.ts'

/** A conversation as the librarian sees it, whatever the vendor's format. */
export interface Conversation {
  readonly turns: readonly { readonly role: string; readonly text: string }[]
  readonly seed: number | undefined
}

/** What the librarian says, and how it came to that. */
export interface LibraryAnswer {
  readonly text: string
  readonly thinking: string
  /** The books that the text is about. */
  readonly books: readonly Book[]
}

/**
 * Answers from the catalogue of books, and says so plainly where that does not help. The same conversation with the
 * same seed always gets the same answer; a book that was named before in it is not recommended again.
 */
export function askLibrarian({ turns, seed }: Conversation): LibraryAnswer {
  const asked = turns.filter(({ role }) => role === 'user')
  const question = asked.at(-1)?.text ?? ''
  const mentions = mentionsIn(question)
  const fact = factAbout(question, mentions)
  if (fact) return fact

  const told = turns.filter(({ role }) => role === 'assistant').map(({ text }) => text)
  const known = catalogue.filter((book) => told.some((text) => text.includes(book.title)))
  const followUp = known.length > 0 && /\b(?:another|more|else|different|others?|next|again)\b/i.test(question)
  if (!wantsBook(question, mentions) && !followUp) return introduction

  const wish = wishOf(mentions, followUp ? asked.slice(0, -1).map(({ text }) => mentionsIn(text)) : [])
  const shelf = shelfFor(wish)
  const left = shelf.filter((book) => !known.includes(book) && !wish.books.includes(book))
  const number = countIn(question)
  const salt = fingerprint(JSON.stringify(turns), seed ?? 0)
  const chosen = Array.from({ length: Math.min(number, left.length) }, (_, index) => pick(left, salt, index))
  return {
    books: chosen,
    text: chosen.length === 0 ? `${describe(wish, shelf.length)} I have no other to recommend.` : say(chosen, salt),
    thinking: [
      wish.genres.length > 0 ? `The request is for ${wish.genres.join(' and ')}.` : 'The request is for a book.',
      `The catalogue has ${shelf.length} that fit, and ${left.length} of them are new in this conversation.`,
      'I choose by a fingerprint of the conversation and the seed.',
    ].join(' '),
  }
}

const introduction: LibraryAnswer = {
  books: [],
  text:
    `This is the Interlingua simulator, not a language model. It has a catalogue of ${catalogue.length} well-known ` +
    'books and knows nothing else. It can recommend a book, another one, or one of a genre ' +
    `(${genres.join(', ')}), say who wrote a book such as Dune and when, and list what it has by an author such as ` +
    'Agatha Christie.',
  thinking: 'The request names no book, author or genre of the catalogue. I say what I am and what I can do.',
}

function wantsBook(question: string, { books, authors, genres: named }: Mentions): boolean {
  if (/\b(?:recommend\w*|suggest\w*|books?|novels?|read(?:ing)?)\b/i.test(question)) return true
  if (books.length + authors.length > 0) return true
  // "Horror" alone is a wish; "What is the history of France?" is not.
  return named.length > 0 && question.trim().split(/\s+/).length <= 4
}

/** An answer about books that were named, where one is asked for; `undefined` where a recommendation is. */
function factAbout(question: string, { books, authors }: Mentions): LibraryAnswer | undefined {
  const wantsChoice = /\b(?:recommend\w*|suggest\w*|similar|another|something|books? like|novels? like)\b/i.test(
    question,
  )
  const thinking = `The request is about ${[...books.map(({ title }) => title), ...authors].join(' and ')}.`
  if (wantsChoice || books.length + authors.length === 0) return undefined
  if (books.length > 0) {
    const short = /\b(?:who|whose|author|written by|wrote|when|year)\b/i.test(question)
    return {
      books,
      text: books.map((book) => (short ? origin(book) : `${origin(book)} ${book.line}`)).join(' '),
      thinking,
    }
  }
  const lists = authors.map((author) => {
    const works = catalogue.filter((book) => book.author === author).map(({ title, year }) => `${title} (${year})`)
    return `By ${author} the catalogue has ${join(works)}.`
  })
  return { books: [], text: lists.join(' '), thinking }
}

function origin({ title, author, year }: Book): string {
  return `${title} was written by ${author} and first published in ${year}.`
}

/** What is wished for now; a follow-up that names nothing repeats the last wish. */
function wishOf(now: Mentions, before: readonly Mentions[]): Mentions {
  return isNamed(now) ? now : (before.findLast(isNamed) ?? now)
}

function isNamed({ books, authors, genres: named }: Mentions): boolean {
  return books.length + authors.length + named.length > 0
}

function shelfFor({ books, authors, genres: named }: Mentions): readonly Book[] {
  const byAuthor = catalogue.filter(({ author }) => authors.includes(author))
  if (byAuthor.length > 0) return byAuthor
  // "Like Dune" wishes for what Dune is first.
  const wanted = named.length > 0 ? named : books.flatMap((book) => book.genres.slice(0, 1))
  if (wanted.length === 0) return catalogue
  const all = catalogue.filter((book) => wanted.every((genre) => book.genres.includes(genre)))
  return all.length > 0 ? all : catalogue.filter((book) => wanted.some((genre) => book.genres.includes(genre)))
}

function describe({ genres: named, authors }: Mentions, size: number): string {
  const kind = authors.length > 0 ? ` by ${join(authors)}` : named.length > 0 ? ` of ${join(named)}` : ''
  return `You have heard of ${size === 1 ? 'the one book' : `all ${size} books`}${kind} in my catalogue.`
}

const numbers = ['one', 'two', 'three', 'four', 'five']

function countIn(question: string): number {
  const match = /\b(one|two|three|four|five|[1-5])\b(?:\s+\S+){0,3}?\s+(?:books|novels|titles|recommendations)\b/i.exec(
    question,
  )
  const word = match?.[1]?.toLowerCase() ?? 'one'
  return numbers.includes(word) ? numbers.indexOf(word) + 1 : Number(word)
}

// Steps through the shelf from a place that the fingerprint decides, so that no book comes twice.
function pick(shelf: readonly Book[], salt: number, index: number): Book {
  const book = shelf[(salt + index) % shelf.length]
  if (!book) throw new RangeError('nothing to pick from')
  return book
}

const openers = ['I recommend', 'You could read', 'Try', 'A good choice is']

function say(books: readonly Book[], salt: number): string {
  const [only] = books
  if (books.length === 1 && only) {
    const opener = openers[salt % openers.length] ?? 'Try'
    return `${opener} ${only.title} by ${only.author}, first published in ${only.year}. ${only.line}`
  }
  return books
    .map(({ title, author, year, line }, at) => `${at + 1}. ${title} by ${author} (${year}). ${line}`)
    .join('\n')
}

function join(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

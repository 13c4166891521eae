import {
  readPieces,
  templateError,
  type TemplateLine,
  type TemplatePiece,
  type TemplatePlaceholder,
} from './template-placeholder.ts'
import { isInlineUse, isUserPartUse, type TemplateRole } from './template-specifier.ts'

/** Text with variables in it. */
type TemplateWords = readonly TemplatePiece[]

/** What becomes one message: words, and between them the variables that are parts. */
interface TemplateTurn {
  readonly role: Exclude<TemplateRole, 'messages'>
  readonly content: readonly (TemplateWords | TemplatePlaceholder)[]
}

/** A section of a template: one message, or the variable that holds some. */
export type TemplateSection = TemplateTurn | TemplatePlaceholder

const roleWord = /^[ \t\r]*(SYSTEM|USER|ASSISTANT|MESSAGES):/

/**
 * The sections of a template. A role begins one, at the beginning of a line and nowhere else; what precedes the first role
 * is the user's. The values of the variables are not known yet, so that none can begin one.
 */
export function readSections(template: string): TemplateSection[] {
  const lines = template
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((text, index) => ({ text, line: index + 1, column: 1 }))
  const margin = marginOf(lines.slice(1))
  const sections: { role: TemplateRole; lines: TemplateLine[] }[] = [{ role: 'user', lines: [] }]
  for (const line of lines) {
    const [start, word] = roleWord.exec(line.text) ?? []
    if (start === undefined) sections.at(-1)?.lines.push(line)
    else sections.push({ role: word?.toLowerCase() as TemplateRole, lines: [cut(line, start.length)] })
  }
  const uses = new Map<string, string>()
  return sections.flatMap(({ role, lines: ofSection }) => {
    const pieces = readPieces(dedent(ofSection, margin))
    const found = role === 'messages' ? messagesIn(pieces, ofSection) : pieces
    for (const piece of found) if (typeof piece !== 'string') checkName(piece, uses)
    // Messages belong to no turn, and leave none behind.
    return turnsIn(found, role === 'messages' ? 'user' : role)
  })
}

/**
 * Lines without the white space that they all begin with. Under text that begins beside its role they keep what they have
 * more than the whole template.
 */
function dedent([first, ...rest]: readonly TemplateLine[], margin: number): TemplateLine[] {
  if (!first) return []
  const width = first.text.trim() === '' ? marginOf(rest) : margin
  return [first, ...rest.map((line) => cut(line, width))]
}

/** How much white space all lines begin with that are not blank. */
function marginOf(lines: readonly TemplateLine[]): number {
  const [first = '', ...rest] = lines.filter(({ text }) => text.trim() !== '').map(({ text }) => text)
  let width = /^[ \t]*/.exec(first)?.[0].length ?? 0
  for (const text of rest) while (!text.startsWith(first.slice(0, width))) width -= 1
  return width
}

function cut({ text, line, column }: TemplateLine, width: number): TemplateLine {
  return { text: text.slice(width), line, column: column + width }
}

/** The variables of a section that takes nothing else. */
function messagesIn(pieces: readonly TemplatePiece[], [start]: readonly TemplateLine[]): TemplatePlaceholder[] {
  return pieces.flatMap((piece) => {
    if (typeof piece === 'string' && /^[ \t\r\n]*$/.test(piece)) return []
    if (typeof piece !== 'string' && (piece.use === 'value' || piece.use === 'messages')) {
      return { ...piece, use: 'messages' as const }
    }
    const place = typeof piece === 'string' ? start : piece
    const problem = 'MESSAGES: takes variables and nothing else. Begin what follows with a role of its own.'
    throw templateError(place ?? { line: 1, column: 1 }, problem)
  })
}

/** A turn for all that lies between two variables of messages, so that nothing is lost where they stand amid a text. */
function turnsIn(pieces: readonly TemplatePiece[], role: TemplateTurn['role']): TemplateSection[] {
  const sections: TemplateSection[] = []
  let content: (TemplateWords | TemplatePlaceholder)[] = []
  let words: TemplatePiece[] = []
  const endTurn = (): void => {
    if (content.length + words.length > 0) sections.push({ role, content: [...content, trim(words)] })
    content = []
    words = []
  }
  for (const piece of pieces) {
    if (typeof piece === 'string' || isInlineUse(piece.use)) {
      words.push(piece)
    } else if (piece.use === 'messages') {
      endTurn()
      sections.push(piece)
    } else if (role !== 'user' && isUserPartUse(piece.use)) {
      const problem = `only a user message can hold this, and here it stands in the words of the ${role}.`
      throw templateError(piece, `${piece.source}: ${problem}`)
    } else {
      content.push(trim(words), piece)
      words = []
    }
  }
  endTurn()
  return sections
}

/** Without the white space of the template around it. That of the values is theirs, and stays. */
function trim(words: TemplateWords): TemplateWords {
  return words.map((piece, index) => {
    if (typeof piece !== 'string') return piece
    const text = index === 0 ? piece.trimStart() : piece
    return index === words.length - 1 ? text.trimEnd() : text
  })
}

/** Throws where one name is used in more than one way: hardly any value would fit. */
function checkName(placeholder: TemplatePlaceholder, uses: Map<string, string>): void {
  const { path, use } = placeholder
  for (let length = 1; length <= path.length; length += 1) {
    const name = path.slice(0, length).join('.')
    const here = length < path.length ? 'object' : use
    if ((uses.get(name) ?? here) !== here) {
      throw templateError(placeholder, `{${name}}: one name is used in different ways here. Give each its own.`)
    }
    uses.set(name, here)
  }
}

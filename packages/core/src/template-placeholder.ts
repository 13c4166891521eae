import { InterlinguaError } from './error.ts'
import {
  type TemplateSpecifier,
  type TemplateUse,
  templateSpecifiers,
  isUnsupportedSpecifier,
} from './template-specifier.ts'

/** Where something stands in a text, counted from 1. */
export interface TemplatePlace {
  readonly line: number
  readonly column: number
}

/** A line of a template, or the rest of one. */
export interface TemplateLine extends TemplatePlace {
  readonly text: string
}

/** A variable in a template. */
export interface TemplatePlaceholder extends TemplatePlace {
  /** As it is written, with its braces. */
  readonly source: string
  /** The name of the variable, and of what is read off it. */
  readonly path: readonly string[]
  readonly use: TemplateUse
  readonly detail: TemplateSpecifier['detail']
}

/** A piece of a template: text, with its doubled braces read, or a variable. */
export type TemplatePiece = string | TemplatePlaceholder

// What is not exactly of this form is text, so that `{"json": true}`, `{ a: 1 }`, `{}` and `{a, b}` stand for themselves.
const placeholder = /\{([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)(?::(?![ \t\r])([^{}]*))?\}/y

/**
 * The pieces of a text. `{{` stands for `{`, and the `}}` that closes it for `}`. Every other brace that is not part of a
 * placeholder stands for itself, so that nested JSON may end as it does.
 */
export function readPieces(lines: readonly TemplateLine[]): TemplatePiece[] {
  const pieces: TemplatePiece[] = []
  const open: string[] = []
  let text = ''
  for (const [index, line] of lines.entries()) {
    if (index > 0) text += '\n'
    let end = 0
    for (const { index: at } of line.text.matchAll(/[{}]/g)) {
      // It belongs to what was read before.
      if (at < end) continue
      text += line.text.slice(end, at)
      const [brace, found] = readBrace(line.text, at, open)
      if (found) {
        pieces.push(text, readPlaceholder(found, line, at))
        text = ''
      } else {
        text += line.text.charAt(at)
      }
      end = at + brace.length
    }
    text += line.text.slice(end)
  }
  return [...pieces, text].filter((piece) => piece !== '')
}

/** What begins with a brace: the characters that belong together, and the placeholder, where they are one. */
function readBrace(text: string, at: number, open: string[]): [characters: string, found?: RegExpExecArray] {
  const twice = text.charAt(at + 1) === text.charAt(at)
  if (text.charAt(at) === '}') {
    const closesTwo = open.at(-1) === '{{'
    if (closesTwo && !twice) return ['}']
    open.pop()
    return [closesTwo ? '}}' : '}']
  }
  placeholder.lastIndex = at
  const found = twice ? null : placeholder.exec(text)
  if (found) return [found[0], found]
  const brace = twice ? '{{' : '{'
  open.push(brace)
  return [brace]
}

function readPlaceholder(
  [source, path = '', specifier]: RegExpExecArray,
  line: TemplateLine,
  at: number,
): TemplatePlaceholder {
  const place = { line: line.line, column: line.column + at }
  const known = specifier === undefined ? { use: 'value' as const } : templateSpecifiers.get(specifier)
  if (known) return { ...place, source, path: path.split('.'), use: known.use, detail: known.detail }
  if (isUnsupportedSpecifier(specifier ?? '')) {
    throw templateError(place, `${source}: there is no neutral part for this yet.`)
  }
  const words = [...templateSpecifiers.keys()].join(', ')
  throw templateError(
    place,
    `${source}: there is no such specifier. There are ${words}. For a text with braces, double them: {${source}}.`,
  )
}

/** An error of code `prompt` that says where in a template it is. */
export function templateError({ line, column }: TemplatePlace, problem: string): InterlinguaError {
  return new InterlinguaError({
    code: 'prompt',
    message: `the prompt template, line ${line}, column ${column}: ${problem}`,
  })
}

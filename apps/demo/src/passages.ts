import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { FilesError } from './files-error.ts'

/** A paragraph of a file, small enough to be embedded and quoted by itself. */
export interface Passage {
  /** Where it stands, as editors and terminals understand it: `notes/harbor.md:12`. */
  readonly id: string
  /** The heading that it stands under, or else the name of its file. */
  readonly title: string
  readonly text: string
}

const textFile = /\.(?:md|markdown|mdx|txt|text|rst|adoc|org|csv|log)$/i
// Rerankers and answers get whole passages, so none may be a chapter.
const longest = 1200

/**
 * The paragraphs of text files. A folder stands for the text files in it and in its folders.
 *
 * @throws {FilesError} where a file cannot be read or is no text.
 */
export async function readPassages(paths: readonly string[], root: string): Promise<readonly Passage[]> {
  const files = (await Promise.all(paths.map(filesOf))).flat()
  const passages = await Promise.all(
    [...new Set(files)].map(async (file) => {
      const bytes = await readFile(file)
      if (bytes.includes(0)) throw new FilesError(`${file} is not a text file.`)
      return passagesOf(bytes.toString(), relative(root, file) || file)
    }),
  )
  return passages.flat()
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && textFile.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** The paragraphs of a text: what stands between empty lines, under the Markdown heading before it. */
export function passagesOf(text: string, file: string): readonly Passage[] {
  const passages: Passage[] = []
  let [title, block, first] = [file, [] as string[], 0]
  const end = (): void => {
    for (const piece of piecesOf(block)) {
      passages.push({ id: `${file}:${first + piece.at}`, title, text: piece.text })
    }
    block = []
  }
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(line)?.[1]
    if (heading !== undefined || line.trim() === '') end()
    if (heading !== undefined) title = heading
    else if (line.trim() !== '') {
      if (block.length === 0) first = index + 1
      block.push(line.trim())
    }
  }
  end()
  return passages
}

/** A list is cut at its items, and what is too long between its lines. `at` counts the lines before. */
function piecesOf(lines: readonly string[]): readonly { readonly at: number; readonly text: string }[] {
  const pieces: { at: number; text: string }[] = []
  for (const [at, line] of lines.entries()) {
    const last = pieces.at(-1)
    const item = /^(?:[-*+]|\d+[.)])\s+/.exec(line)?.[0]
    if (!last || item !== undefined || last.text.length + line.length > longest) {
      pieces.push({ at, text: line.slice(item?.length ?? 0) })
    } else last.text += ` ${line}`
  }
  return pieces
}

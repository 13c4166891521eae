import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './command.ts'

/** A program that a README shows. */
export interface ReadmeProgram {
  /** The name of the file to write it to. */
  readonly name: string
  readonly text: string
}

/**
 * The first example of each README: it is what readers copy, so it must be a whole program. Later examples may lean on
 * earlier ones. The simulator's README is left out, since it shows several clients in one example.
 */
export function readmePrograms(): ReadmeProgram[] {
  const paths = globSync(['README.md', 'packages/*/README.md'], { cwd: root, exclude: ['packages/simulator'] })
  return paths.toSorted().map((path, index) => {
    const text = firstProgramIn(readFileSync(join(root, path), 'utf8'))
    if (text === undefined) throw new Error(`${path} has no example in TypeScript`)
    return { name: `readme-${index + 1}.ts`, text: `// ${path}\n${text}` }
  })
}

/** The first TypeScript in a Markdown text. */
export function firstProgramIn(markdown: string): string | undefined {
  return /^```(?:ts|typescript)\b[^\n`]*\n(?<text>.*?)^```$/ms.exec(markdown)?.groups?.['text']
}

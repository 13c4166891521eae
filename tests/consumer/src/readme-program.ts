import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './command.ts'

/** A program that a README shows. */
export interface ReadmeProgram {
  /** The name of the file to write it to. */
  readonly name: string
  readonly text: string
  /** Whether it can run offline: one that fetches from the web cannot. */
  readonly runs: boolean
}

/**
 * The examples of each README and manual that are whole programs, which readers copy as they are. The simulator's README is left out,
 * since it shows several clients in one example, and so are those of tools for tests, and what takes somebody else's client, which
 * is not installed there.
 */
export function readmePrograms(): ReadmeProgram[] {
  const paths = globSync(['README.md', 'docs/*.md', 'packages/*/README.md'], {
    cwd: root,
    exclude: ['packages/simulator', 'packages/cassette', 'packages/conformance'],
  })
  return paths.toSorted().flatMap((path, index) => {
    const texts = programsIn(readFileSync(join(root, path), 'utf8'))
    if (texts.length === 0 && path.endsWith('README.md')) throw new Error(`${path} has no example in TypeScript`)
    const own = texts.filter(
      (text) => !/ from '(cohere-ai|openai|gpt-tokenizer\/.*|@modelcontextprotocol\/sdk\/.*)'/.test(text),
    )
    return own.map((text, number) => ({
      name: `readme-${index + 1}-${number + 1}.ts`,
      text: `// ${path}\n${text}`,
      runs: !text.includes('https://example.com/'),
    }))
  })
}

/** The TypeScript in a Markdown text that begins with its imports: the rest leans on what stands before it. */
export function programsIn(markdown: string): string[] {
  const blocks = markdown.matchAll(/^```(?:ts|typescript)\b[^\n`]*\n(?<text>.*?)^```$/gms)
  return Array.from(blocks, ({ groups }) => groups?.['text'] ?? '').filter((text) => text.startsWith('import '))
}

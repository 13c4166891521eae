import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Table } from './figure.ts'

/** What a figure gave the last time that it was measured. */
export interface Result {
  readonly name: string
  readonly date: string
  readonly machine: string
  readonly tables: readonly Table[]
}

/** Writes the page of all figures, in the given order, from what was measured last of each. */
export function writePage(folder: string, order: readonly string[], path: string): void {
  const known = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Result)
  const results = order.flatMap((name) => known.find((result) => result.name === name) ?? [])
  writeFileSync(path, [intro, summary(results), ...results.map(section)].join('\n\n') + '\n')
}

const intro = `# Performance

Written by \`npm run bench\`, which installs what is compared, builds what is published, measures, and writes this page.
\`npm run bench -- events\` measures one figure, \`--effort 0.3\` is quicker and less certain, and \`--only interlingua\` compares
only what has that in its name.

Each client runs in a process of its own and reads from a server of ours in another one, which sends what was encoded
before. All do the same work: read everything, hold the text, read the usage; a text or a usage that differs from what was
sent is a failure and not a figure. In each round every client has its turn, so that what disturbs one disturbs all: compare
the ratios, which are taken within a round. \`fetch, bytes only\` reads and decodes nothing, and shows that the server is not
what is measured.`

function summary(results: readonly Result[]): string {
  const rows = results.flatMap(({ name, tables }) =>
    tables.flatMap(({ title, targets }) =>
      targets.map(({ want, got, isMet }) => [`[${name}](#${name})`, title, want, got, isMet ? 'yes' : '**no**']),
    ),
  )
  return `## Targets\n\n${table(['figure', 'of', 'target', 'measured', 'met'], rows)}`
}

function section({ name, date, machine, tables }: Result): string {
  const parts = tables.map(
    ({ title, note, columns, rows }) => `### ${title}\n\n${note ? `${note}\n\n` : ''}${table(columns, rows)}`,
  )
  return [`## ${name}`, `\`npm run bench -- ${name}\`, ${date}, ${machine}.`, ...parts].join('\n\n')
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

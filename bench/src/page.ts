import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { headlines } from './headlines.ts'
import { markdownTable } from './markdown-table.ts'
import type { Result } from './result.ts'

/** The figures in the order of the page. */
const order = ['events', 'packets', 'together', 'first', 'call', 'partials', 'large', 'slow', 'retained'].concat([
  'imports',
  'bundle',
  'install',
  'types',
])

/** The documents of a repository that tell what was measured, by their paths: as they have to be for what was measured last. */
export function pagesOf(root: string): ReadonlyMap<string, string> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const results = globSync('bench/results/*.json', { cwd: root })
    .map((path) => JSON.parse(read(path)) as Result)
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  const notes = new Map(
    read('bench/where-the-time-goes.md')
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.split('\n', 1)[0] ?? '', section.slice(section.indexOf('\n')).trim()]),
  )
  const sections = results.map((result) => sectionOf(result, notes.get(result.name) ?? ''))
  const readme = read('README.md')
  const [begin, end] = ['<!-- npm run bench -->\n', '\n<!-- end -->']
  const from = readme.indexOf(begin) + begin.length
  if (from < begin.length) throw new Error('README.md has no place for what was measured.')
  return new Map([
    ['docs/performance.md', [intro, summaryOf(results), ...sections].join('\n\n') + '\n'],
    ['README.md', `${readme.slice(0, from)}\n${headlines(results)}\n${readme.slice(readme.indexOf(end, from))}`],
  ])
}

export function writePages(root: string): void {
  for (const [path, text] of pagesOf(root)) writeFileSync(join(root, path), text)
}

const intro = `# Performance

Written by \`npm run bench\`, which installs what is compared, builds what is published, measures, and writes this page.
\`npm run bench -- events\` measures one figure, \`--effort 0.3\` is quicker and less certain, \`--only interlingua\` compares
only what has that in its name and the loops, and \`--dry\` writes nothing.

Each client runs in a process of its own, which loads nothing else, and reads from a server of ours in another one, which sends
what was encoded before, over loopback. All do the same work: read everything, hold the text, read the usage; a text or a usage
that differs from what was sent is a failure and not a figure. In each round every client has its turn, so that what disturbs one
disturbs all. Shown are medians, with the least and the most in brackets. Times depend on the machine: compare the ratios, which
are taken within a round. \`× loop\` is the ratio to the \`hand-written loop\`: \`fetch\`, a decoder, \`split('\\n')\` and \`JSON.parse\`,
with no check of anything. \`fetch, bytes only\` decodes nothing, and shows that the server is not what is measured.`

function summaryOf(results: readonly Result[]): string {
  const rows = results.flatMap(({ name, tables }) =>
    tables.flatMap(({ title, targets }) =>
      targets.map(({ want, got, isMet }) => [`[${name}](#${name})`, title, want, got, isMet ? 'yes' : '**no**']),
    ),
  )
  return `## Targets\n\n${markdownTable(['figure', 'of', 'target', 'measured', 'met'], rows)}`
}

function sectionOf({ name, about, date, machine, effort, tables }: Result, note: string): string {
  const parts = tables.map(({ title, columns, rows, remarks = [] }) =>
    [`### ${title}`, markdownTable(columns, rows), ...(remarks.length > 0 ? [listOf(remarks)] : [])].join('\n\n'),
  )
  const command = `npm run bench -- ${name}${effort < 1 ? ` --effort ${effort}` : ''}`
  const hint = effort < 0.5 ? ' A quick look, and less certain than these figures are meant to be.' : ''
  const how = `\`${command}\`, ${date}, ${machine}.${hint}`
  return [`## ${name}`, about, how, ...parts, ...(note ? ['### Where the time goes', note] : [])].join('\n\n')
}

function listOf(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from './figures/bundle.ts'
import { call, events, first, packets, retained, slow, together } from './figures/stream-figures.ts'
import { imports } from './figures/imports.ts'
import { installation } from './figures/install.ts'
import { types } from './figures/types.ts'
import type { Figure, Table } from './figure.ts'
import { type Server, startServer } from './processes.ts'
import { type Result, writePage } from './page.ts'

const figures: readonly Figure[] = [
  events,
  packets,
  together,
  first,
  call,
  slow,
  retained,
  imports,
  bundle,
  installation,
  types,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    effort: { type: 'string', default: '1' },
    only: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
})

const unknown = positionals.filter((name) => !figures.some((figure) => figure.name === name))
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}. There are: ${figures.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}

const root = join(import.meta.dirname, '..', '..')
const results = join(root, 'bench', 'results')
mkdirSync(results, { recursive: true })
build()

let server: Promise<Server> | undefined
const context = {
  server: () => (server ??= startServer()),
  effort: Number(values.effort),
  only: values.only,
}
for (const figure of figures) {
  if (positionals.length > 0 && !positionals.includes(figure.name)) continue
  const tables = await figure.measure(context)
  for (const table of tables) print(table)
  const [cpu] = cpus()
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, Node ${process.versions.node}, ${process.platform}`
  const result: Result = { name: figure.name, date: new Date().toISOString().slice(0, 10), machine, tables }
  if (!values.dry && !values.only)
    writeFileSync(join(results, `${figure.name}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
;(await server)?.stop()
if (!values.dry && !values.only) {
  writePage(
    results,
    figures.map(({ name }) => name),
    join(root, 'docs', 'performance.md'),
  )
}

/** What is measured is what is published. */
function build(): void {
  for (const folder of ['core', 'cohere', 'openai'].map((name) => join(root, 'packages', name))) {
    if (!existsSync(join(folder, 'package.json'))) continue
    const pnpm = join(root, 'node_modules', '.bin', 'pnpm')
    execFileSync(pnpm, ['--dir', folder, 'build'], { stdio: 'ignore' })
  }
}

function print({ title, columns, rows, targets }: Table): void {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('   ')
  console.log(`\n${title}\n${line(columns)}`)
  for (const row of rows) console.log(line(row))
  for (const { want, got, isMet } of targets) console.log(`${isMet ? '✓' : '✗'} ${want}: ${got}`)
}

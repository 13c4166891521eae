import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { figures } from './figures.ts'
import { writePages } from './page.ts'
import { type Server, startServer } from './processes.ts'
import type { Result, Table } from './result.ts'

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
const bin = join(root, 'node_modules', '.bin')
const results = join(root, 'bench', 'results')
mkdirSync(results, { recursive: true })
// What is measured is what is published.
for (const name of ['core', 'cohere', 'openai']) {
  execFileSync(join(bin, 'pnpm'), ['--dir', join(root, 'packages', name), 'build'], { stdio: 'ignore' })
}

let server: Promise<Server> | undefined
const context = {
  server: () => (server ??= startServer()),
  effort: Number(values.effort),
  only: values.only,
}
const writes = !values.dry && !values.only
for (const { name, about, measure } of figures) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const start = performance.now()
  const tables = await measure(context)
  for (const table of tables) print(table)
  console.log(`\n${name} took ${((performance.now() - start) / 1_000).toFixed(0)} s.`)
  const [cpu] = cpus()
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, Node ${process.versions.node}, ${process.platform}`
  const { effort } = context
  const result: Result = { name, about, date: new Date().toISOString().slice(0, 10), machine, effort, tables }
  if (writes) writeFileSync(join(results, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
;(await server)?.stop()
if (writes) {
  writePages(root)
  execFileSync(join(bin, 'oxfmt'), [results], { cwd: root, stdio: 'inherit' })
}

function print({ title, columns, rows, remarks = [], targets }: Table): void {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('   ')
  console.log(`\n${title}\n${line(columns)}`)
  for (const row of rows) console.log(line(row))
  for (const remark of remarks) console.log(remark)
  for (const { want, got, isMet } of targets) console.log(`${isMet ? '✓' : '✗'} ${want}: ${got}`)
}

import { markdownTable } from './markdown-table.ts'
import type { Result } from './result.ts'

/** A library as the figures call it: a client of a wire, a program, and what is installed. */
type Row = readonly [shown: string, wire: 'Cohere' | 'OpenAI', client: string, program: string]

const ours = 'interlingua, for await (const [chunk] of stream)'
const vercel = (wire: string): readonly [string, string] => [`ai + @ai-sdk/${wire}, fullStream`, `ai + @ai-sdk/${wire}`]

const rows: readonly Row[] = [
  ['Cohere, a loop by hand', 'Cohere', 'hand-written loop', 'eventsource-parser, by hand'],
  ['**interlingua**', 'Cohere', ours, 'interlingua, Cohere'],
  ['`cohere-ai`', 'Cohere', 'cohere-ai', 'cohere-ai'],
  ['`ai`', 'Cohere', ...vercel('cohere')],
  ['`@langchain/cohere`', 'Cohere', '@langchain/cohere (v1 chat)', '@langchain/cohere'],
  ['OpenAI, a loop by hand', 'OpenAI', 'hand-written loop', 'eventsource-parser, by hand'],
  ['**interlingua**', 'OpenAI', ours, 'interlingua, OpenAI'],
  ['`openai`', 'OpenAI', 'openai', 'openai'],
  ['`ai`', 'OpenAI', ...vercel('openai')],
  ['`@langchain/openai`', 'OpenAI', '@langchain/openai', '@langchain/openai'],
  ['`@ax-llm/ax`', 'OpenAI', '@ax-llm/ax', '@ax-llm/ax'],
  ['`@tanstack/ai`', 'OpenAI', '@tanstack/ai + ai-openai', '@tanstack/ai + ai-openai'],
]

/** The few numbers that the README shows. */
export function headlines(results: readonly Result[]): string {
  const cell = (figure: string, table: string, row: string, column: string, next = 0): string => {
    const { tables = [] } = results.find(({ name }) => name === figure) ?? {}
    const found = tables.find(({ title }) => title === table)
    const cells = found?.rows.find(([name]) => name === row)
    return cells?.[(found?.columns.indexOf(column) ?? 0) + next]?.split(' ')[0] ?? '–'
  }
  return markdownTable(
    ['', 'CPU per event', '1,000 streams, CPU', 'bundle, kB gzip', 'import, ms', 'packages', 'MB'],
    rows.map(([shown, wire, client, program]) => [
      shown,
      `${cell('events', `CPU per event, ${wire}`, client, '2,000 events, µs', 1)} ×`,
      `${cell('together', `1,000 streams at once, ${wire}`, client, 'CPU, ms', 1)} ×`,
      cell('bundle', 'Bundle of a minimal streaming program', program, 'browser gzip'),
      cell('imports', 'Cold import', program, 'ms'),
      cell('install', 'What is installed', program, 'packages'),
      cell('install', 'What is installed', program, 'MB'),
    ]),
  )
}

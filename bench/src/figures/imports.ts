import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure, Target } from '../figure.ts'
import { isThere, ourEntries } from '../package-folder.ts'
import { programs } from '../programs.ts'
import { samplesOf } from '../statistics.ts'

const bench = join(import.meta.dirname, '..', '..')
const limit = 15

/** What importing takes in a process of its own, from the first line to the last. */
function importMs(file: string): number {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', file], { encoding: 'utf8', cwd: bench })
  if (status !== 0) throw new Error(stderr.slice(0, 300))
  return Number(process.hrtime.bigint() - start) / 1e6
}

export const imports: Figure = {
  name: 'imports',
  measure: async ({ effort, only }) => {
    const folder = mkdtempSync(join(bench, 'node_modules', '.import-'))
    try {
      const write = (name: string, source: string): string => {
        const path = join(folder, name)
        writeFileSync(path, source)
        return path
      }
      const empty = write('empty.mjs', '')
      const ours = ourEntries()
      const entryOf = (name: string): string => ours[name] ?? name
      const candidates = programs
        .filter(({ packages, name }) => packages.every(isThere) && (!only || name.includes(only)))
        .map(({ name, kind, packages }, index) => ({
          name,
          kind,
          file: write(`${index}.mjs`, packages.map((each) => `import ${JSON.stringify(entryOf(each))}`).join('\n')),
          ms: [] as number[],
        }))
      const rounds = Math.max(5, Math.round(21 * effort))
      const bases: number[] = []
      for (let round = -1; round < rounds; round++) {
        const base = importMs(empty)
        if (round >= 0) bases.push(base)
        for (const { file, ms } of candidates) {
          const took = importMs(file) - base
          if (round >= 0) ms.push(took)
        }
      }
      const targets = candidates.flatMap(({ name, kind, ms }): Target[] => {
        const { median } = samplesOf(ms)
        return kind === 'ours'
          ? [{ want: `${name}: ≤ ${limit} ms`, got: `${median.toFixed(1)} ms`, isMet: median <= limit }]
          : []
      })
      return [
        {
          title: 'Cold import, over an empty process',
          note: 'Each program imports its packages and ends, in a new process; the same round’s empty process is taken off.',
          columns: ['packages', 'ms, median', 'min – max'],
          rows: [row('an empty process, not taken off', bases), ...candidates.map(({ name, ms }) => row(name, ms))],
          targets,
        },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function row(name: string, ms: readonly number[]): string[] {
  const { median, min, max } = samplesOf(ms)
  return [name, median.toFixed(1), `${min.toFixed(1)} – ${max.toFixed(1)}`]
}

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Figure, target } from '../figure.ts'
import { programs } from '../programs.ts'
import { type Samples, samplesOf } from '../statistics.ts'

const bench = join(import.meta.dirname, '..', '..')

/** What a process of its own takes that runs a file. */
function runMs(file: string): number {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', file], { encoding: 'utf8', cwd: bench })
  if (status !== 0) throw new Error(stderr.slice(0, 300))
  return Number(process.hrtime.bigint() - start) / 1e6
}

export const imports: Figure = {
  name: 'imports',
  about:
    'How much longer a new process takes that imports the packages of a program and ends, in milliseconds, than one that imports nothing. In each round an empty process runs before and after each program, and the mean of both is taken off. In brackets is the middle half of the rounds.',
  measure: async ({ effort, only }) => {
    const folder = mkdtempSync(join(bench, 'node_modules', '.import-'))
    try {
      const write = (name: string, source: string): string => {
        const path = join(folder, `${name}.mjs`)
        writeFileSync(path, source)
        return path
      }
      const empty = write('empty', '')
      const candidates = programs
        .filter(({ name }) => !only || name.includes(only))
        .map(({ name, kind, packages }, index) => ({
          name,
          kind,
          file: write(`${index}`, packages.map((each) => `import ${JSON.stringify(each)}`).join('\n')),
          ms: [] as number[],
        }))
      const bases: number[] = []
      const rounds = Math.max(15, Math.round(25 * effort))
      for (let round = -1; round < rounds; round++) {
        let before = runMs(empty)
        for (const { file, ms } of candidates) {
          const took = runMs(file)
          const after = runMs(empty)
          if (round >= 0) {
            ms.push(took - (before + after) / 2)
            bases.push(after)
          }
          before = after
        }
      }
      return [
        {
          title: 'Cold import',
          columns: ['packages', 'ms'],
          rows: [
            ['an empty process, which is taken off', shown(samplesOf(bases))],
            ...candidates.map(({ name, ms }) => [name, shown(samplesOf(ms))]),
          ],
          targets: candidates
            .filter(({ kind }) => kind === 'ours')
            .map(({ name, ms }) =>
              target(`${name}: ≤ 15 ms`, samplesOf(ms).median, 15, (value) => `${value.toFixed(1)} ms`),
            ),
        },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function shown({ median, low, high }: Samples): string {
  return `${median.toFixed(1)} (${low.toFixed(1)} – ${high.toFixed(1)})`
}

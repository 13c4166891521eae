import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

// These clients are large, and nobody needs them who only wants to run the other tests: they are installed here, on demand.
const here = import.meta.dirname
const pnpm = join(here, '..', '..', '..', 'node_modules', '.bin', 'pnpm')
run(pnpm, ['install', '--ignore-workspace', '--frozen-lockfile', '--prefer-offline'])
const tests = globSync(join(here, 'test', '*.test.ts'))
run(process.execPath, ['--conditions=@interlingua/source', '--test', '--test-reporter=spec', ...tests])

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: here, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

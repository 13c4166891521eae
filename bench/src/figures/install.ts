import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, target } from '../figure.ts'
import type { Target } from '../result.ts'
import { programs } from '../programs.ts'

const bench = join(import.meta.dirname, '..', '..')
const { dependencies } = JSON.parse(readFileSync(join(bench, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>
}

/** Installs packages with npm into an empty project, as a user would, and counts what is there. */
function install(names: readonly string[]): { readonly packages: number; readonly megabytes: number } {
  const folder = mkdtempSync(join(tmpdir(), 'interlingua-install-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    const wanted = names.map((name) => {
      const version = dependencies[name]
      if (!version?.startsWith('link:')) return `${name}@${version}`
      const tarball = join(folder, `${name.replace(/\W/g, '-')}.tgz`)
      const pnpm = join(bench, '..', 'node_modules', '.bin', 'pnpm')
      execFileSync(pnpm, ['pack', '--out', tarball], {
        cwd: join(bench, version.slice('link:'.length)),
        stdio: 'ignore',
      })
      return tarball
    })
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...wanted], {
      cwd: folder,
      stdio: 'ignore',
    })
    const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, unknown>>
    }
    const files = globSync('node_modules/**/*', { cwd: folder }).map((file) => statSync(join(folder, file)))
    const bytes = files.reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0)
    return { packages: Object.keys(packages).length, megabytes: bytes / 1e6 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const installation: Figure = {
  name: 'install',
  about:
    'What `npm install` brings into an empty project, with what is optional left out: packages, and megabytes of files.',
  measure: async ({ only }) => {
    const rows: string[][] = []
    const targets: Target[] = []
    for (const { name, kind, packages } of programs) {
      if (only && !name.includes(only)) continue
      const { packages: count, megabytes } = install(packages)
      rows.push([name, packages.join(' + '), `${count}`, megabytes.toFixed(2)])
      if (kind !== 'ours') continue
      targets.push(target(`${name}: ≤ 3 packages`, count, 3, String))
      targets.push(target(`${name}: ≤ 2 MB`, megabytes, 2, (value) => `${value.toFixed(2)} MB`))
    }
    return [{ title: 'What is installed', columns: ['program', 'asked for', 'packages', 'MB'], rows, targets }]
  },
}

import {
  copyFileSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run, systemPath } from './command.ts'

/** What npm put into a project. */
export interface Installed {
  /** The packages that an application brings along; what is only there to check types is left out. */
  readonly packages: readonly string[]
  readonly bytes: number
}

const libraries = ['core', 'cohere', 'openai', 'simulator']

/** Makes an empty project, far from this repository, so that nothing of it is found by walking up. */
export function createScratchProject(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'interlingua-consumer-'))
  writeJson(folder, 'package.json', { name: 'consumer', private: true, type: 'module' })
  return folder
}

/** Copies the programs, and gives their names. */
export function copyPrograms(folder: string): string[] {
  const fixtures = join(import.meta.dirname, '..', 'fixtures')
  const names = readdirSync(fixtures)
  for (const name of names) copyFileSync(join(fixtures, name), join(folder, name))
  return names
}

/** Packs the packages as a release would, and installs them with npm as a user would. */
export async function installPackages(folder: string): Promise<Installed> {
  const tarballs = libraries.map((name) => join(folder, `${name}.tgz`))
  for (const [index, tarball] of tarballs.entries()) {
    await run('pnpm', ['pack', '--out', tarball], join(root, 'packages', libraries[index] ?? ''))
  }
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const quiet = ['--no-audit', '--no-fund', '--loglevel=warn']
  await run('npm', ['install', ...quiet, ...tarballs], folder, systemPath)
  const types = `@types/node@${devDependencies['@types/node']}`
  await run('npm', ['install', '--save-dev', '--prefer-offline', ...quiet, types], folder, systemPath)
  return installedIn(folder)
}

function installedIn(folder: string): Installed {
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>
  }
  const paths = Object.entries(lock.packages).filter(([, { dev }]) => !dev)
  const files = paths.flatMap(([path]) => globSync(`${path}/**/*`, { cwd: folder }))
  const sizes = files.map((file) => statSync(join(folder, file))).filter((stats) => stats.isFile())
  return {
    packages: paths.map(([path]) => path.replace(/^node_modules\//, '')).toSorted(),
    bytes: sizes.reduce((sum, { size }) => sum + size, 0),
  }
}

export function writeJson(folder: string, name: string, value: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, undefined, 2)}\n`)
}

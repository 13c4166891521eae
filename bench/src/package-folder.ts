import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** The entries of our packages as they are published, by name: as far as there are any. */
export function ourEntries(): Record<string, string> {
  const entries = readdirSync(join(root, 'packages')).map((name) => [
    name,
    join(root, 'packages', name, 'dist', 'index.js'),
  ])
  return Object.fromEntries(
    entries.filter(([, path = '']) => existsSync(path)).map(([name, path]) => [`@interlingua/${name}`, path]),
  ) as Record<string, string>
}

/** The same of those that are not linked here. */
export function unlinkedEntries(): Record<string, string> {
  return Object.fromEntries(Object.entries(ourEntries()).filter(([name]) => !isInstalled(name)))
}

/** Whether a package can be imported here. */
export function isThere(name: string): boolean {
  return name in ourEntries() || isInstalled(name)
}

function isInstalled(name: string): boolean {
  return existsSync(join(root, 'bench', 'node_modules', ...name.split('/')))
}

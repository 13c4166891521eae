import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** The folder that holds the workspace. */
export const root: string = join(import.meta.dirname, '..', '..', '..')

/** The files that match, as paths from the root with `/`, whatever the platform; nothing that was installed or built. */
export function filesAt(pattern: string): string[] {
  const exclude = ['**/node_modules', '**/dist']
  const paths = globSync(pattern, { cwd: root, exclude })
  return paths.map((path) => path.split(sep).join('/')).toSorted()
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Whether this is a checkout: in a downloaded archive nobody knows which files belong to it. */
export const isCheckout: boolean = existsSync(join(root, '.git'))

/** The files that are committed or would be, without those that are about to be deleted. */
export function committableFiles(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const paths = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0')
  return paths.filter((path) => path !== '' && existsSync(join(root, path)))
}

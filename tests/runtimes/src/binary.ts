import { execFile } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A package of the registry that has nothing but a program in it. */
export interface BinaryPackage {
  readonly name: string
  readonly version: string
  /** Where the program is in the package. */
  readonly path: string
}

/**
 * The path of a program, which is installed where it is missing: into a cache that all checkouts share, and not into the
 * workspace, whose installation it would make several times as large.
 */
export async function binaryOf({ name, version, path }: BinaryPackage): Promise<string> {
  const cache = process.env['INTERLINGUA_RUNTIMES'] ?? join(homedir(), '.cache', 'interlingua-runtimes')
  const folder = join(cache, `${name.replaceAll(/[@/]/g, '-')}-${version}`)
  const program = join(folder, 'node_modules', name, path)
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock']
  await run('npm', ['install', ...options, '--prefix', folder, `${name}@${version}`])
  return program
}

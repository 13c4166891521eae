import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, systemPath } from './command.ts'

/** A Node to run programs on. */
export interface NodeVersion {
  readonly program: string
  readonly version: string
}

/** This Node, and the system's where it is another one. */
export async function nodeVersions(): Promise<NodeVersion[]> {
  const current = { program: process.execPath, version: process.version }
  const program = systemPath
    .split(delimiter)
    .map((folder) => join(folder, process.platform === 'win32' ? 'node.exe' : 'node'))
    .find(isExecutable)
  if (program === undefined) return [current]
  const version = (await run(program, ['--version'], process.cwd())).trim()
  return version === current.version ? [current] : [current, { program, version }]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Exchange } from './exchange.ts'

/** The form of a cassette file. It is raised where an older file cannot be read any more. */
const version = 1

/** The exchanges of a cassette; none where there is no such file. */
export async function readCassette(path: string): Promise<readonly Exchange[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is no cassette: it is not JSON.`, { cause })
  }
  if (!isCassetteFile(file)) {
    throw new Error(
      `${path} is no cassette of version ${version}: it should begin with {"cassette": ${version}, "exchanges": […].`,
    )
  }
  return file.exchanges
}

/** Writes a cassette, whole or not at all. */
export async function writeCassette(path: string, exchanges: readonly Exchange[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = `${path}.${process.pid}.tmp`
  await writeFile(unfinished, `${JSON.stringify({ cassette: version, exchanges }, undefined, 2)}\n`)
  await rename(unfinished, path)
}

function isCassetteFile(file: unknown): file is { readonly exchanges: readonly Exchange[] } {
  return (
    typeof file === 'object' &&
    file !== null &&
    'cassette' in file &&
    file.cassette === version &&
    'exchanges' in file &&
    Array.isArray(file.exchanges)
  )
}

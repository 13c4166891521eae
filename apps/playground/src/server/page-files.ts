import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export interface PageFile {
  readonly type: string
  readonly body: Uint8Array
}

/** A file of the page that was built; `undefined` where there is none of that name. */
export async function pageFile(folder: string, path: string): Promise<PageFile | undefined> {
  const name = path === '/' ? '/index.html' : path
  // Built names are plain, so that nothing that could lead out of the folder has to be understood.
  if (!/^(\/[\w-]+)*\/[\w-]+(\.[\w-]+)+$/.test(name)) return undefined
  const type = types[extname(name)]
  if (type === undefined) return undefined
  try {
    return { type, body: await readFile(join(folder, name)) }
  } catch {
    return undefined
  }
}

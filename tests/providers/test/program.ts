import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A page of the documentation. */
export function page(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8')
}

/** How a program ended. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** Files in a folder of their own, where the packages can be found. */
export class Program implements AsyncDisposable {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async of(files: ReadonlyMap<string, string>): Promise<Program> {
    const folder = await mkdtemp(join(root, 'tests/providers/.program-'))
    for (const [name, text] of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    }
    return new Program(folder)
  }

  /** Runs a file with these environment variables, and no others but the path. */
  run(name: string, variables: Readonly<Record<string, string>> = {}, ...flags: readonly string[]): Promise<Ended> {
    const args = ['--conditions=@interlingua/source', ...flags, join(this.#folder, name)]
    return ended(process.execPath, args, variables)
  }

  /** Where a file is. */
  path(name: string): string {
    return join(this.#folder, name)
  }

  /** What the compiler says of the files: nothing, where they are right. */
  async check(): Promise<string> {
    const config = { extends: join(root, 'tsconfig.test.json'), include: ['**/*.ts'] }
    await writeFile(join(this.#folder, 'tsconfig.json'), JSON.stringify(config))
    return (await ended(join(root, 'node_modules/.bin/tsc'), ['-p', this.#folder])).out
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

function ended(
  file: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  return new Promise((resolve) => {
    execFile(file, args, { env: { PATH, NODE_COMPILE_CACHE, NO_COLOR: '1', ...variables } }, (failed, out, error) => {
      resolve({ code: typeof failed?.code === 'number' ? failed.code : failed ? 1 : 0, out, error })
    })
  })
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

/** The page, built anew into a folder of its own. */
export interface BuiltPage extends AsyncDisposable {
  readonly folder: string
}

export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'interlingua-page-'))
  await build({
    configFile: join(import.meta.dirname, '..', 'vite.config.ts'),
    logLevel: 'error',
    // Vitest's own mode would build the page for tests.
    mode: 'production',
    build: { outDir: folder, emptyOutDir: true },
  })
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

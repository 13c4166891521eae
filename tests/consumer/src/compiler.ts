import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A version of TypeScript that an application may have. */
export interface Compiler {
  readonly version: string
  /** Where its package is. */
  readonly folder: string
  /** The script to run with Node. */
  readonly tsc: string
}

const require = createRequire(import.meta.url)

/** The versions that the packages are checked with. */
export const compilers: readonly Compiler[] = [
  require.resolve('typescript-5.9/package.json'),
  require.resolve('typescript-6/package.json'),
  require.resolve('typescript/package.json'),
].map((manifest) => {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return { version, folder: dirname(manifest), tsc: join(dirname(manifest), 'bin', 'tsc') }
})

/** How an application may be set up, by name: its tsconfig.json. All check our declarations too. */
export function applicationConfigs(programs: readonly string[]): Readonly<Record<string, object>> {
  const strict = { strict: true, skipLibCheck: false, target: 'es2022', noEmit: true }
  const server = { ...strict, types: ['node'] }
  const bundler = { module: 'esnext', moduleResolution: 'bundler' }
  // Streams can be disposed of, for which the browser's own library has no type before `esnext.disposable`.
  const lib = ['es2022', 'dom', 'dom.iterable', 'esnext.disposable']
  return {
    nodenext: { compilerOptions: { ...server, module: 'nodenext' }, files: programs },
    bundler: { compilerOptions: { ...server, ...bundler }, files: programs },
    browser: {
      compilerOptions: { ...strict, ...bundler, lib, types: [] },
      files: ['browser.ts'],
    },
  }
}

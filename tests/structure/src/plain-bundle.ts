import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type OutputAsset, type OutputChunk, rolldown } from 'rolldown'
import { root } from './repository.ts'

/**
 * What the bundle of a program comes to, in bytes, minified and gzipped. Chunks are counted as one text: the packages are
 * published in few files, so that an application has few chunks of them.
 */
export interface BundleSize {
  /** What the program loads: with its first line, and while it runs. */
  readonly loaded: number
  /** What it does not load. */
  readonly late: number
  /** All of it in one file, for bundlers that do not split. */
  readonly whole: number
  readonly output: string
}

type OutputFile = OutputChunk | OutputAsset

/** Tells which files a program has loaded when it ends. */
const hook = `data:text/javascript,${encodeURIComponent(`import { registerHooks } from 'node:module'
const loaded = []
registerHooks({ load: (url, context, next) => (loaded.push(url.split('/').at(-1)), next(url, context)) })
process.once('exit', () => process.stderr.write('LOADED' + JSON.stringify(loaded)))`)}`

/** Bundles a program that stands in the folder of a package, from sources, and runs it. */
export async function bundleProgram(home: string, program: string): Promise<BundleSize> {
  const modules = join(root, home, 'node_modules')
  mkdirSync(modules, { recursive: true })
  const folder = mkdtempSync(join(modules, '.bundle-'))
  try {
    const entry = join(folder, 'program.ts')
    writeFileSync(entry, program)
    const bundle = await rolldown({
      input: entry,
      platform: 'browser',
      resolve: {
        conditionNames: ['@interlingua/source', 'import', 'default'],
        alias: { [`@interlingua/${home.replace(/^.*\//, '')}`]: join(root, home, 'src', 'index.ts') },
      },
      external: /^node:/,
      logLevel: 'silent',
    })
    const options = {
      format: 'esm',
      minify: true,
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    } as const
    const { output } = await bundle.write({ ...options, dir: join(folder, 'split') })
    const { output: whole } = await bundle.generate({ ...options, codeSplitting: false })
    const split = join(folder, 'split', 'program.mjs')
    const [stdout, loaded] = runWithHook(split)
    const codeOf = (files: readonly OutputFile[], isMeant: (name: string) => boolean): string =>
      files.map((file) => (file.type === 'chunk' && isMeant(file.fileName) ? file.code : '')).join('')
    return {
      loaded: gzipped(codeOf(output, (name) => loaded.includes(name))),
      late: gzipped(codeOf(output, (name) => !loaded.includes(name))),
      whole: gzipped(codeOf(whole, () => true)),
      output: stdout,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runWithHook(path: string): [stdout: string, loaded: readonly string[]] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', hook, path], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return [stdout, JSON.parse(stderr.slice(stderr.lastIndexOf('LOADED') + 6)) as string[]]
}

function gzipped(code: string): number {
  return gzipSync(code, { level: 9 }).length
}

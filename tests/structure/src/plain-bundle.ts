import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type OutputAsset, type OutputChunk, rolldown, type RolldownBuild } from 'rolldown'
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
export function bundleProgram(home: string, program: string): Promise<BundleSize> {
  return withBundle(home, program, async ({ split, bundle, output }) => {
    const { output: whole } = await bundle.generate({ ...format, codeSplitting: false })
    const [stdout, loaded] = runWithHook(split)
    return {
      loaded: gzipped(codeOf(output, (name) => loaded.includes(name))),
      late: gzipped(codeOf(output, (name) => !loaded.includes(name))),
      whole: gzipped(codeOf(whole, () => true)),
      output: stdout,
    }
  })
}

/**
 * What a program writes that is run again with an argument, after everything was lost that it did not load when it ran without:
 * as in a browser whose network has gone.
 */
export function runWithLost(home: string, program: string, argument: string): Promise<string> {
  return withBundle(home, program, async ({ split, output }) => {
    const [, loaded] = runWithHook(split)
    const lost = output.filter(({ fileName }) => !loaded.includes(fileName))
    if (lost.length === 0) throw new Error('the program loads nothing late.')
    for (const { fileName } of lost) rmSync(join(dirname(split), fileName))
    return runWithHook(split, argument)[0]
  })
}

const format = {
  format: 'esm',
  minify: true,
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name]-[hash].mjs',
} as const

interface Bundled {
  readonly bundle: RolldownBuild
  /** Where the program is, with its chunks beside it. */
  readonly split: string
  readonly output: readonly OutputFile[]
}

async function withBundle<Result>(
  home: string,
  program: string,
  use: (bundled: Bundled) => Promise<Result>,
): Promise<Result> {
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
    const { output } = await bundle.write({ ...format, dir: join(folder, 'split') })
    return await use({ bundle, output, split: join(folder, 'split', 'program.mjs') })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function codeOf(files: readonly OutputFile[], isMeant: (name: string) => boolean): string {
  return files.map((file) => (file.type === 'chunk' && isMeant(file.fileName) ? file.code : '')).join('')
}

function runWithHook(path: string, ...args: readonly string[]): [stdout: string, loaded: readonly string[]] {
  const command = ['--import', hook, path, ...args]
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return [stdout, JSON.parse(stderr.slice(stderr.lastIndexOf('LOADED') + 6)) as string[]]
}

function gzipped(code: string): number {
  return gzipSync(code, { level: 9 }).length
}

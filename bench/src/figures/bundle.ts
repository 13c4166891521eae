import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, type BuildFailure, type BuildOptions, type Metafile } from 'esbuild'
import { type Figure, target } from '../figure.ts'
import type { Target } from '../result.ts'
import { programs } from '../programs.ts'
import { piecesOf, type Sent } from '../sent.ts'

const run = promisify(execFile)
const bench = join(import.meta.dirname, '..', '..')
/** Tells which files a program has loaded when it ends. */
const hook = `data:text/javascript,${encodeURIComponent(`import { registerHooks } from 'node:module'
const loaded = []
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
process.once('exit', () => process.stderr.write('\\nLOADED' + JSON.stringify(loaded)))`)}`

/** kB of a bundle: what a plain streaming call loads, what it does not, and all of it in one file. */
interface Size {
  readonly eager: number
  readonly eagerGzip: number
  readonly lateGzip: number
  readonly inlineGzip: number
}

async function sizeOf(source: string, platform: 'browser' | 'node', plays: boolean, text: string): Promise<Size> {
  const folder = mkdtempSync(join(bench, 'node_modules', '.bundle-'))
  try {
    const entry = join(folder, 'program.mjs')
    writeFileSync(entry, source)
    const options: BuildOptions = {
      entryPoints: [entry],
      bundle: true,
      minify: true,
      platform,
      format: 'esm',
      target: 'es2022',
      logLevel: 'silent',
      outExtension: { '.js': '.mjs' },
    }
    const split = { splitting: true, metafile: true, outdir: join(folder, 'split') } as const
    const { metafile } = await build({ ...options, ...split })
    await build({ ...options, outdir: join(folder, 'inline') })
    const names = Object.keys(metafile.outputs).map((path) => basename(path))
    const loaded = new Set(eagerOf(metafile))
    // What is loaded late is counted all the same where a plain call gets there.
    if (plays) {
      const { stdout, stderr } = await run(process.execPath, ['--import', hook, join(folder, 'split', 'program.mjs')])
      if (stdout !== text) throw new Error(`The bundled program wrote ${JSON.stringify(stdout.slice(0, 100))}.`)
      const urls = JSON.parse(stderr.slice(stderr.lastIndexOf('LOADED') + 6)) as string[]
      for (const url of urls) if (names.includes(basename(url))) loaded.add(basename(url))
    }
    const path = (name: string): string => join(folder, 'split', name)
    return {
      eager: sum([...loaded].map((name) => readFileSync(path(name)).length / 1000)),
      eagerGzip: sum([...loaded].map((name) => zipped(path(name)))),
      lateGzip: sum(names.filter((name) => !loaded.has(name)).map((name) => zipped(path(name)))),
      inlineGzip: zipped(join(folder, 'inline', 'program.mjs')),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function eagerOf({ outputs }: Metafile): string[] {
  const eager = new Set<string>()
  const add = (path: string): void => {
    if (eager.has(path)) return
    eager.add(path)
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[next]) add(next)
  }
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint?.endsWith('program.mjs')) add(path)
  return [...eager].map((path) => basename(path))
}

const limit = 12
const sent: Sent = { how: 'events', count: 20 }

export const bundle: Figure = {
  name: 'bundle',
  about:
    'Kilobytes of a minimal program that streams a chat, bundled by esbuild and minified. `min` and `gzip` are what a plain streaming call loads, chunk by chunk; ours is also run, and what it loads on the way is counted. `late` is what it does not load. `one file` is for bundlers that do not split: everything.',
  measure: async (context) => {
    const { origin } = await context.server()
    const rows: string[][] = []
    const remarks: string[] = []
    const targets: Target[] = []
    for (const { name, source, kind } of programs) {
      if (context.only && !name.includes(context.only)) continue
      const cells: string[] = [name]
      for (const platform of ['browser', 'node'] as const) {
        try {
          const program = source.replaceAll('BASE', `${origin}/${sent.how}/${sent.count}`)
          // A bundle for Node in one format cannot hold every package of the other; and not all for browsers run here.
          const size = await sizeOf(program, platform, kind !== 'peer', piecesOf(sent).join(''))
          const shown = [size.eager, size.eagerGzip, size.lateGzip, size.inlineGzip].map((kB) => kB.toFixed(1))
          cells.push(...shown)
          if (kind !== 'ours') continue
          const want = `${name}, ${platform}: ≤ ${limit} kB gzip`
          targets.push(target(want, size.eagerGzip, limit, (kB) => `${kB.toFixed(1)} kB`))
        } catch (error) {
          cells.push('–', '–', '–', '–')
          remarks.push(`${name} cannot be bundled for ${platform}: ${reasonOf(error)}`)
        }
      }
      rows.push(cells)
    }
    const columns = ['min', 'gzip', 'late, gzip', 'one file, gzip']
    return [
      {
        title: 'Bundle of a minimal streaming program',
        columns: [
          'program',
          ...columns.map((column) => `browser ${column}`),
          ...columns.map((column) => `node ${column}`),
        ],
        rows,
        remarks,
        targets,
      },
    ]
  },
}

/** The first thing that esbuild says, or what went wrong otherwise. */
function reasonOf(error: unknown): string {
  const [first] = (error as Partial<BuildFailure>).errors ?? []
  return (first?.text ?? String(error).split('\n')[0] ?? '').slice(0, 200)
}

function zipped(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length / 1000
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

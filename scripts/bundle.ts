import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * Bundles the package in the current folder into `dist`: `node ../../scripts/bundle.ts`. Importing a hundred small files takes
 * several times as long as importing a few, and an application that is not bundled pays that at each start.
 *
 * What a plain call needs becomes one file, `plain.js`, so that it is one chunk in the bundle of an application too: it is what
 * the entry `adapter` imports statically, or the main one where a package has no such entry. Whatever else is loaded by
 * `import()`, or belongs to another entry, stays apart, also where the main entry exports things that need it.
 */
const folder = process.cwd()
const dist = join(folder, 'dist')

interface Manifest {
  readonly exports: Readonly<
    Record<string, string | { readonly '@interlingua/source': string; readonly default: string }>
  >
}

const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
const entries = Object.values(exports).flatMap((entry) => (typeof entry === 'object' ? [entry] : []))
const input = Object.fromEntries(
  entries.map((entry) => [relative('dist', entry.default).replace(/\.js$/, ''), entry['@interlingua/source']]),
)
const root = 'adapter/index' in input ? 'adapter/index' : 'index'

function source(name: string): string {
  return join(folder, input[name] ?? '')
}

const options = {
  cwd: folder,
  external: /^(?![./]|[a-z]:)/i,
  platform: 'neutral',
  transform: { target: 'es2023' },
  // A module may be loaded late by a plain call, and be exported by the entry.
  checks: { ineffectiveDynamicImport: false },
  preserveEntrySignatures: 'allow-extension',
} as const

/** In which file a module belongs: that of what needs it, or one of its own where several things do. */
async function filesOfModules(): Promise<ReadonlyMap<string, string>> {
  const others = Object.entries(input).filter(([name]) => name !== root)
  const roots = { ...Object.fromEntries(others), plain: input[root] ?? '' }
  const bundle = await rolldown({ ...options, input: roots, treeshake: false })
  const { output } = await bundle.generate({ format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' })
  const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file] : []))
  const files = new Map<string, string>()
  // The main entry only passes on what is in the other files: so it brings along nothing that is not asked for.
  for (const { moduleIds, name } of chunks) {
    for (const id of moduleIds)
      if (name !== 'index') files.set(id, name)
      else if (id !== source('index')) files.set(id, 'more')
  }
  const addPlain = (fileName: string): void => {
    const chunk = chunks.find((each) => each.fileName === fileName)
    for (const id of chunk?.moduleIds ?? []) files.set(id, 'plain')
    for (const next of chunk?.imports ?? []) addPlain(next)
  }
  addPlain('plain.js')
  files.delete(source(root))
  return files
}

const files = await filesOfModules()
for (const file of existsSync(dist) ? readdirSync(dist, { recursive: true, encoding: 'utf8' }) : []) {
  if (/\.js(\.map)?$/.test(file)) rmSync(join(dist, file))
}
const bundle = await rolldown({ ...options, input })
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  sourcemap: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ debugName: 'files', name: (id) => files.get(id) ?? null }],
  },
})
if (process.env['BUNDLE_LIST'])
  for (const f of output) if (f.type === 'chunk') console.log(f.fileName, f.code.length, f.imports.join(' '))

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type OutputChunk, rolldown } from 'rolldown'

/**
 * Bundles the package in the current folder into `dist`: `node ../../scripts/bundle.ts`. Importing a hundred small files takes
 * several times as long as importing a few, and an application that is not bundled pays that at each start.
 *
 * What a plain call needs becomes one file, so that it is one chunk in the bundle of an application too: it is what the entry
 * `adapter` imports statically, or the main one where a package has no such entry. Whatever else is loaded by `import()`, or
 * belongs to another entry, stays apart, also where the main entry exports things that need it.
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
/** Entries that are whole, each in one file, with all that they need and that is not in one before. */
const whole = 'adapter/index' in input ? ['adapter/index', 'encoding/index'] : ['index']

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

/** In which file a module belongs: that of what needs it, or one of its own where several things do that are loaded late. */
async function filesOfModules(): Promise<ReadonlyMap<string, string>> {
  const bundle = await rolldown({ ...options, input, treeshake: false })
  const { output } = await bundle.generate({ format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' })
  const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file] : []))
  const reached = (from: OutputChunk, found = new Set<OutputChunk>()): ReadonlySet<OutputChunk> => {
    if (found.has(from)) return found
    found.add(from)
    for (const chunk of chunks) if (from.imports.includes(chunk.fileName)) reached(chunk, found)
    return found
  }
  const needing = chunks.filter(({ isEntry, isDynamicEntry }) => isEntry || isDynamicEntry)
  const main = chunks.find(({ name }) => name === 'index')
  /** `undefined` where it is a file of its own anyway. */
  const fileOf = (chunk: OutputChunk): string | undefined => {
    const needed = needing.filter((each) => reached(each).has(chunk))
    const file = whole.find((name) => needed.some((each) => each.name === name))
    if (file) return file
    // The main entry only passes on what is in other files: so it brings along nothing that is not asked for.
    const isLate = needed.some((each) => each.isDynamicEntry && main && !reached(each).has(main))
    if (main && needed.includes(main) && !isLate) return 'more'
    return needing.includes(chunk) ? undefined : chunk.name
  }
  const files = chunks.flatMap((chunk) => {
    const file = fileOf(chunk)
    return file ? chunk.moduleIds.map((id) => [id, file] as const) : []
  })
  return new Map(files.filter(([id]) => whole.includes('index') || id !== source('index')))
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
  // The sources are published beside them.
  sourcemapExcludeSources: true,
  // They stand in the declarations and in the sources; an import would have to read past them.
  comments: { jsdoc: false },
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ debugName: 'files', name: (id) => files.get(id) ?? null }],
  },
})
// What the main entry has beside these is for callers: an adapter must never bring all of it along.
for (const file of output) {
  if (file.type !== 'chunk' || file.fileName === 'index.js' || !whole.some((name) => file.fileName === `${name}.js`))
    continue
  if (file.code.includes('/more.js'))
    throw new Error(`${file.fileName} leads to more.js: it loads late what the main entry has for callers.`)
}

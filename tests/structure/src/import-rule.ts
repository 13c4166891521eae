import { posix } from 'node:path'
import { moduleReferencesOf } from './module-reference.ts'
import type { SourceFile } from './syntax-tree.ts'
import { isAdapter, type WorkspacePackage } from './workspace-package.ts'

/** What the sources of a package may import from elsewhere. */
export interface ImportRule {
  /** The folder that relative imports stay in. */
  readonly home: string
  /** Packages that may be imported, by their names alone, and those of ours by those of their entries. */
  readonly packages: readonly string[]
  /** Packages of which only types may be imported. */
  readonly typesOf: readonly string[]
  /** Whether `node:` modules may be imported; or which ones, each by one file, or by those of one folder. */
  readonly node: boolean | Readonly<Record<string, string>>
}

const core = '@interlingua/core'
const transportModules = ['node:http', 'node:https', 'node:net', 'node:stream', 'node:tls', 'node:zlib']

/** The rule for a package of `packages/`. */
export function importRuleOf(library: WorkspacePackage): ImportRule {
  const home = `${library.folder}/src`
  if (isAdapter(library)) {
    const peers = Object.keys(library.manifest.peerDependencies ?? {})
    return { home, packages: [core], typesOf: peers.filter((name) => name !== core), node: false }
  }
  switch (library.shortName) {
    case 'core':
      return {
        home,
        packages: ['eventsource-parser'],
        typesOf: [],
        node: {
          // An entry of its own, for where there is such a module: Node, Bun, Deno, and workerd.
          'node:async_hooks': `${home}/context.ts`,
          // One more, for Node alone: a `fetch` for those who want it.
          ...Object.fromEntries(transportModules.map((name) => [name, `${home}/node/`])),
        },
      }
    case 'simulator':
      // Nothing of ours: a fake that shares our types would share our mistakes.
      return { home, packages: Object.keys(library.manifest.peerDependencies ?? {}), typesOf: [], node: true }
    case 'cassette':
      // Nothing of ours: it stands behind any client that takes a `fetch`.
      return { home, packages: ['vitest'], typesOf: [], node: true }
    case 'conformance':
      // It serves broken connections, which takes sockets.
      return { home, packages: [core], typesOf: [], node: true }
    default:
      throw new Error(`${library.folder} is new: say in import-rule.ts what it may import.`)
  }
}

/** The imports of a file that break a rule, each in a sentence. */
export function importsAgainst(rule: ImportRule, file: SourceFile): string[] {
  return moduleReferencesOf(file).flatMap(({ specifier, typeOnly, start }) => {
    const problem = problemWith(specifier, typeOnly, rule, file.path)
    return problem === undefined ? [] : [`${file.at(start)} ${problem}`]
  })
}

function problemWith(
  specifier: string | undefined,
  typeOnly: boolean,
  { home, packages, typesOf, node }: ImportRule,
  path: string,
): string | undefined {
  if (specifier === undefined) return 'imports a module whose name is computed'
  if (/^\.{0,2}\//.test(specifier)) {
    const target = posix.join(posix.dirname(path), specifier)
    if (specifier.startsWith('/') || !target.startsWith(`${home}/`)) return `leaves its package: '${specifier}'`
    return isTestFile(target) ? `imports a test: '${specifier}'` : undefined
  }
  if (specifier.startsWith('node:')) {
    const place = typeof node === 'boolean' ? undefined : node[specifier]
    const allowed = node === true || place === path || (place?.endsWith('/') && path.startsWith(place))
    return allowed ? undefined : `imports '${specifier}': only web standards here`
  }
  if (packages.some((name) => specifier === name || isEntryOf(name, specifier))) return undefined
  if (!typesOf.some((name) => specifier === name || specifier.startsWith(`${name}/`)))
    return `may not import '${specifier}'`
  return typeOnly ? undefined : `loads '${specifier}', of which only types may be imported: use \`import type\``
}

/** Whether a specifier names one of the further entries of a package of ours. */
function isEntryOf(name: string, specifier: string): boolean {
  return name.startsWith('@interlingua/') && posix.dirname(specifier) === name && /\/[a-z-]+$/.test(specifier)
}

/** Whether a file is part of a test. */
export function isTestFile(path: string): boolean {
  return /\.(test|test-d|spec|bench)\.[cm]?[jt]sx?$/.test(path) || /(^|\/)(test|tests|__tests__)\//.test(path)
}

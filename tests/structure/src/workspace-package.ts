import { filesAt, read } from './repository.ts'

/** What of a package.json the tests look at. */
export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly description?: string
  readonly license?: string
  readonly type?: string
  readonly files?: readonly string[]
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean }
  readonly repository?: { readonly type?: string; readonly url?: string; readonly directory?: string }
  readonly engines?: { readonly node?: string }
  readonly packageManager?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** A package of the workspace. */
export interface WorkspacePackage {
  /** Its folder, from the root: `packages/core`. */
  readonly folder: string
  /** The last part of the folder: `core`. */
  readonly shortName: string
  readonly manifest: Manifest
  /** Its sources, as paths from the root. */
  readonly sources: readonly string[]
}

/** Every package of `packages/`, `apps/` and `tests/`, and `examples`, whose sources stand in the folder itself. */
export const workspacePackages: readonly WorkspacePackage[] = filesAt(
  '{{packages,apps,tests}/*,examples}/package.json',
).map((path) => {
  const folder = path.replace(/\/package\.json$/, '')
  return {
    folder,
    shortName: folder.replace(/^.*\//, ''),
    manifest: readManifest(path),
    sources: filesAt(`${folder}/${folder === 'examples' ? '' : 'src/**/'}*.{ts,tsx,mts,cts,js,mjs,cjs}`),
  }
})

/** The packages in `packages/`: what people install. */
export const libraries: readonly WorkspacePackage[] = workspacePackages.filter(({ folder }) =>
  folder.startsWith('packages/'),
)

/** The adapters: every library that makes a provider. */
export const adapters: readonly WorkspacePackage[] = libraries.filter(isAdapter)

export function isAdapter({ folder, sources }: WorkspacePackage): boolean {
  return sources.includes(`${folder}/src/provider.ts`)
}

export function readManifest(path: string): Manifest {
  return JSON.parse(read(path)) as Manifest
}

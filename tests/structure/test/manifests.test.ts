import { describe, expect, test } from 'vitest'
import { filesAt, read } from '../src/repository.ts'
import { adapters, libraries, type Manifest, readManifest, workspacePackages } from '../src/workspace-package.ts'

const repository = 'git+https://github.com/interlingua-ai/interlingua.git'
const published = workspacePackages.filter(({ manifest }) => !manifest.private)

describe('packages', () => {
  test('what is published is in packages/, and all of that is', () => {
    expect(published).toEqual(libraries)
    expect(libraries.length).toBeGreaterThan(0)
  })

  test.each(libraries)('$folder can be published', ({ folder, shortName, manifest }) => {
    expect(manifest).toMatchObject({
      name: `@interlingua/${shortName}`,
      description: expect.stringMatching(/.{20,}/),
      license: 'MIT',
      type: 'module',
      files: expect.arrayContaining(['dist', 'src']),
      publishConfig: { access: 'public', provenance: true },
      // Provenance is refused where this differs from where the release was built.
      repository: { type: 'git', url: repository, directory: folder },
    })
    expect(filesAt(`${folder}/LICENSE`)).toHaveLength(1)
  })

  test.each(libraries)('$folder: sources come first for us, and types for everyone else', ({ manifest }) => {
    const { exports = {} } = manifest
    const entries = Object.values(exports).filter((entry) => typeof entry === 'object')
    expect(exports['.']).toBeTypeOf('object')
    for (const entry of entries) expect(Object.keys(entry)).toEqual(['@interlingua/source', 'types', 'default'])
    expect(exports['./package.json']).toBe('./package.json')
  })

  test('all support the same Node', () => {
    const versions = new Set(libraries.map(({ manifest }) => manifest.engines?.node))
    expect([...versions]).toEqual([expect.stringMatching(/^>=\d+\.\d+$/)])
  })
})

describe('dependencies', () => {
  const installed = ({ dependencies, optionalDependencies }: Manifest): string[] =>
    Object.keys({ ...dependencies, ...optionalDependencies })

  test('core needs an SSE parser and nothing else', () => {
    const core = readManifest('packages/core/package.json')
    expect(installed(core)).toEqual(['eventsource-parser'])
    expect(core.peerDependencies).toBeUndefined()
  })

  test.each(adapters)('$folder installs nothing: core is a peer, and an SDK an optional one', ({ manifest }) => {
    const { peerDependencies = {}, peerDependenciesMeta = {} } = manifest
    expect(installed(manifest)).toEqual([])
    expect(peerDependencies['@interlingua/core']).toBe('workspace:^')
    const needed = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
    expect(needed).toEqual(['@interlingua/core'])
  })

  test('the simulator needs nothing, and nothing of ours even for its tests', () => {
    const manifest = readManifest('packages/simulator/package.json')
    const { dependencies = {}, devDependencies, peerDependencies = {}, peerDependenciesMeta = {} } = manifest
    const needed = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
    expect([...Object.keys(dependencies), ...needed]).toEqual([])
    expect(Object.keys(peerDependencies).filter((name) => name.startsWith('@interlingua/'))).toEqual([])
    expect(Object.keys(devDependencies ?? {}).filter((name) => name.startsWith('@interlingua/'))).toEqual([])
  })
})

describe('pins', () => {
  const pinOf = (text: string): string[] =>
    [...text.matchAll(/\bpnpm@(\d[\w.-]*\w)/g)].map(([, version = '']) => version)

  test('pnpm is the same wherever it stands', () => {
    const { packageManager = '', scripts = {}, devDependencies = {} } = readManifest('package.json')
    const places = {
      packageManager: pinOf(packageManager),
      setup: pinOf(scripts['setup'] ?? ''),
      devDependencies: [devDependencies['pnpm']],
      '.ci/run': pinOf(read('.ci/run')),
      workflows: filesAt('.github/workflows/*.yml').flatMap((path) => pinOf(read(path))),
      texts: filesAt('*.md').flatMap((path) => pinOf(read(path))),
    }
    const { packageManager: pins } = places
    expect(pins).toHaveLength(1)
    const { setup, devDependencies: installed, '.ci/run': ci } = places
    expect([setup, installed, ci].filter((versions) => versions.length === 0)).toEqual([])
    // Compared place by place, so that a failure says where.
    const differing = Object.entries(places).filter(([, versions]) => versions.some((version) => version !== pins[0]))
    expect(differing).toEqual([])
  })

  test('a pin is found in whatever stands around it', () => {
    expect(pinOf('npx --yes pnpm@12.4.2 install; "pnpm@9.0.0-rc.1". corepack pnpm')).toEqual(['12.4.2', '9.0.0-rc.1'])
  })

  test('actions are pinned to commits', () => {
    const uses = filesAt('.github/workflows/*.yml').flatMap((path) => read(path).match(/\buses:.*$/gm) ?? [])
    expect(uses).not.toEqual([])
    expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
  })

  test('Node is the same for every platform', () => {
    const { optionalDependencies = {} } = readManifest('package.json')
    expect([...new Set(Object.values(optionalDependencies))]).toHaveLength(1)
  })
})

import { describe, expect, test } from 'vitest'
import { type ImportRule, importRuleOf, importsAgainst, isTestFile } from '../src/import-rule.ts'
import { moduleReferencesOf } from '../src/module-reference.ts'
import { nodeGlobalsIn } from '../src/node-global.ts'
import { filesAt, read } from '../src/repository.ts'
import { parse } from '../src/syntax-tree.ts'
import { adapters, libraries, workspacePackages } from '../src/workspace-package.ts'

const parseFile = (path: string) => parse(path, read(path))

describe('who may import whom', () => {
  test.each(libraries)('$folder', (library) => {
    expect(library.sources).not.toEqual([])
    const rule = importRuleOf(library)
    expect(library.sources.flatMap((path) => importsAgainst(rule, parseFile(path)))).toEqual([])
  })

  test('apps take packages by name, and nothing takes from apps', () => {
    const apps = workspacePackages.filter(({ folder }) => folder.startsWith('apps/'))
    const reachesOut = apps.flatMap(({ folder, manifest, sources }) => {
      const packages = Object.keys(manifest.dependencies ?? {})
      const typesOf = Object.keys(manifest.devDependencies ?? {})
      const rule = { home: folder, packages, typesOf, node: true }
      return sources.flatMap((path) => importsAgainst(rule, parseFile(path)))
    })
    expect(reachesOut).toEqual([])

    const names = apps.map(({ manifest }) => manifest.name)
    const users = workspacePackages.filter(({ manifest: { dependencies, devDependencies, peerDependencies } }) =>
      names.some((name) => name in { ...dependencies, ...devDependencies, ...peerDependencies }),
    )
    expect(users.map(({ folder }) => folder)).toEqual([])
  })

  test.each([...adapters, ...libraries.filter(({ shortName }) => shortName === 'core')])(
    '$folder runs without Node',
    ({ folder, sources }) => {
      expect(sources.flatMap((path) => nodeGlobalsIn(parseFile(path)))).toEqual([])
      const { compilerOptions, include } = JSON.parse(read(`${folder}/tsconfig.json`))
      // No `@types/node` while the sources are checked: the tests, which need it, have a tsconfig of their own.
      expect({ types: compilerOptions?.types, include }).toEqual({ types: [], include: ['src'] })
    },
  )

  test('tests are beside the sources, not among them: `src` is published', () => {
    expect(filesAt('packages/*/src/**/*').filter(isTestFile)).toEqual([])
  })
})

describe('the check of imports', () => {
  const path = 'packages/acme/src/provider.ts'
  const rule: ImportRule = {
    home: 'packages/acme/src',
    packages: ['@interlingua/core'],
    typesOf: ['acme-sdk'],
    node: false,
  }
  const verdict = (text: string): string[] => importsAgainst(rule, parse(path, text))

  test.each([
    "import { defineCall } from '@interlingua/core'",
    "import './encode.ts'",
    "export type * from './wire.ts'",
    "import type { Client } from 'acme-sdk'",
    "import type { Client } from 'acme-sdk/v2'",
    "export type Client = import('acme-sdk').Client",
    "/** import 'node:fs' */ const text = `import x from 'y'`",
  ])('lets pass: %s', (text) => expect(verdict(text)).toEqual([]))

  test.each([
    ["import fs from 'node:fs'", 'only web standards'],
    ["import { readFile } from 'fs/promises'", 'may not import'],
    ["import { Client } from 'acme-sdk'", 'only types'],
    ["import { type Client } from 'acme-sdk'", 'only types'],
    ["export { Client } from 'acme-sdk'", 'only types'],
    ["export * from 'acme-sdk'", 'only types'],
    ["const sdk = await import('acme-sdk')", 'only types'],
    ["const sdk = require('acme-sdk')", 'only types'],
    ["import sdk = require('acme-sdk')", 'only types'],
    ["import { cohere } from '@interlingua/cohere'", 'may not import'],
    ["import type { CohereTypes } from '@interlingua/cohere'", 'may not import'],
    ["import { Fold } from '@interlingua/core/src/fold.ts'", 'may not import'],
    ["import { cohere } from '../../cohere/src/index.ts'", 'leaves its package'],
    ["import '../../../apps/demo/src/main.ts'", 'leaves its package'],
    ["import '../test/fixture.ts'", 'leaves its package'],
    ["import './decode.test.ts'", 'imports a test'],
    ["import './test/fixture.ts'", 'imports a test'],
    ['await import(name)', 'computed'],
  ])('finds: %s', (text, problem) => {
    expect(verdict(text)).toEqual([expect.stringContaining(problem)])
    expect(verdict(`\n${text}`)).toEqual([expect.stringMatching(/^packages\/acme\/src\/provider\.ts:2 /)])
  })

  test('a module of Node that one file may import, no other file may', () => {
    const strict = { ...rule, node: { 'node:async_hooks': path } }
    const text = "import { AsyncLocalStorage } from 'node:async_hooks'"
    expect(importsAgainst(strict, parse(path, text))).toEqual([])
    expect(importsAgainst(strict, parse(path, "import 'node:fs'"))).toHaveLength(1)
    expect(importsAgainst(strict, parse('packages/acme/src/encode.ts', text))).toHaveLength(1)
  })

  test('a module of Node that the files of one folder may import, no other file may', () => {
    const strict = { ...rule, node: { 'node:http': 'packages/acme/src/node/' } }
    const text = "import { request } from 'node:http'"
    expect(importsAgainst(strict, parse('packages/acme/src/node/routes.ts', text))).toEqual([])
    expect(importsAgainst(strict, parse('packages/acme/src/node-routes.ts', text))).toHaveLength(1)
  })

  test('the entry of core imports nothing that imports a module of Node', () => {
    const reached = new Set(['packages/core/src/index.ts'])
    for (const file of reached) {
      for (const { specifier = '', typeOnly } of moduleReferencesOf(parseFile(file))) {
        if (specifier.startsWith('./') && !typeOnly) reached.add(`packages/core/src/${specifier.slice(2)}`)
      }
    }
    expect(reached.size).toBeGreaterThan(10)
    expect([...reached]).not.toContain('packages/core/src/context.ts')
    expect([...reached].filter((file) => file.startsWith('packages/core/src/node/'))).toEqual([])
  })

  test('a package that it does not know has to be given a rule', () => {
    const stranger = { folder: 'packages/new', shortName: 'new', manifest: { name: 'new' }, sources: [] }
    expect(() => importRuleOf(stranger)).toThrow('say in import-rule.ts')
  })

  test('the rule of an adapter comes from its peers', () => {
    const manifest = { name: 'a', peerDependencies: { '@interlingua/core': '*', 'acme-sdk': '*' } }
    const adapter = { folder: 'packages/acme', shortName: 'acme', manifest, sources: [path] }
    expect(importRuleOf(adapter)).toEqual(rule)
  })

  test('a file that cannot be parsed is an error', () => {
    expect(() => moduleReferencesOf(parse(path, 'import from from'))).toThrow(SyntaxError)
  })

  test.each([
    'process.env.KEY',
    'const key = Buffer.from(text)',
    'let timer: NodeJS.Timeout',
    'module.exports = {}',
    'const all = { process }',
    'const one = table[__dirname]',
  ])('finds what only Node has: %s', (text) => expect(nodeGlobalsIn(parse(path, text))).toHaveLength(1))

  test.each([
    'const { process } = globalThis as { process?: { env?: Record<string, string> } }; process?.env',
    'const exchange = { process: 1, module: 2 }; exchange.process',
    'interface Named { global: boolean }',
    'function run(module: string) { return module }',
    "import { global } from './global.ts'; global()",
  ])('lets names alone that are the file’s own: %s', (text) => expect(nodeGlobalsIn(parse(path, text))).toEqual([]))
})

import { describe, expect, test } from 'vitest'
import { forbiddenSyntaxIn, isBarrel } from '../src/forbidden-syntax.ts'
import { filesAt, read } from '../src/repository.ts'
import { parse } from '../src/syntax-tree.ts'
import { adapters, libraries, workspacePackages } from '../src/workspace-package.ts'

/** One file for each type parameter of `BaseStream`, and the stream that has them. */
const nouns = ['response', 'chunk', 'message', 'tool', 'config', 'params', 'finish-reason', 'stream', 'types']
const coreFiles = [...nouns, 'usage', 'error', 'index']
const adapterFiles = [...coreFiles, 'provider', 'price', 'encode', 'decode', 'wire']

const shipped = [...libraries, ...workspacePackages.filter(({ folder }) => /^(apps\/|examples$)/.test(folder))]
const parseFile = (path: string) => parse(path, read(path))

function missing(folder: string, names: readonly string[]): string[] {
  const present = new Set(filesAt(`${folder}/src/*.ts`))
  return names.map((name) => `${folder}/src/${name}.ts`).filter((path) => !present.has(path))
}

describe('the folder listing is the type signature', () => {
  test('core has a file for each noun', () => {
    expect(missing('packages/core', coreFiles)).toEqual([])
  })

  test('there are adapters', () => {
    expect(adapters.map(({ shortName }) => shortName)).toContain('cohere')
  })

  test.each(adapters)('$folder has the files that every adapter has', ({ folder }) => {
    expect(missing(folder, adapterFiles)).toEqual([])
  })

  test('a file that is missing is found', () => {
    expect(missing('packages/core', ['stream', 'nowhere'])).toEqual(['packages/core/src/nowhere.ts'])
  })
})

describe('file names', () => {
  const isKebabCase = (path: string) => /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.test-d)?\.[cm]?[jt]sx?$/.test(baseName(path))
  const isNondescript = (path: string) => /^(utils?|helpers?|common|misc|shared|constants)\./.test(baseName(path))
  const baseName = (path: string) => path.replace(/^.*\//, '')
  const code = filesAt('{{packages,apps,tests}/*/{src,test,fixtures}/**,examples/**}/*.{ts,tsx,mts,cts,js,mjs,cjs}')

  test('are kebab-case', () => {
    expect(code.filter((path) => !isKebabCase(path))).toEqual([])
    expect(['finish-reason.ts', 'tool.test.ts', 'types.test-d.ts'].every(isKebabCase)).toBe(true)
    expect(['finishReason.ts', 'Tool.ts', 'finish_reason.ts', 'a--b.ts', 'tool.old.ts'].some(isKebabCase)).toBe(false)
  })

  test('say what is in the file', () => {
    expect(code.filter(isNondescript)).toEqual([])
    expect(['src/utils.ts', 'src/util.ts', 'src/helpers.ts'].every(isNondescript)).toBe(true)
  })
})

describe('what a file may not be', () => {
  test.each(libraries)('$folder: a barrel, but for its entries', ({ folder, manifest, sources }) => {
    const entries = Object.values(manifest.exports ?? {}).flatMap((entry) =>
      typeof entry === 'object' ? [`${folder}/${entry['@interlingua/source']?.replace(/^\.\//, '')}`] : [],
    )
    expect(entries).toContain(`${folder}/src/index.ts`)
    const files = sources.filter((path) => !entries.includes(path))
    expect(files.filter((path) => isBarrel(parseFile(path)))).toEqual([])
  })

  test.each(shipped)('$folder: loose about types', ({ sources }) => {
    expect(sources.flatMap((path) => forbiddenSyntaxIn(parseFile(path)))).toEqual([])
  })
})

describe('the check of files', () => {
  test.each([
    ["export * from './tool.ts'", true],
    ["export { tool } from './tool.ts'\nexport type { Tool } from './tool.ts'", true],
    ["import { tool } from './tool.ts'\nexport { tool }", true],
    ["import tool from './tool.ts'\nexport default tool", true],
    ["export * from './tool.ts'\nexport const name = 'tool'", false],
    ["import { listen } from './server.ts'\nlisten()", false],
    ["import './polyfill.ts'", false],
    ["import { tool } from './tool.ts'\nexport class Cohere extends tool {}", false],
  ])('knows a barrel: %s', (text, expected) => expect(isBarrel(parse('a.ts', text))).toBe(expected))

  test.each([
    'let value: any',
    'const list = value as any[]',
    'function first<T = any>(list: T[]): T',
    'const tool = value as unknown as Tool',
    'const tool = (value as unknown) as Tool',
    '// @ts-ignore\nlet value = 1',
    '/* @ts-expect-error: later */ let value = 1',
    '// @ts-nocheck',
    '// eslint-disable-next-line no-console\nlet value = 1',
    '/* oxlint-disable */',
  ])('finds what is loose: %s', (text) => expect(forbiddenSyntaxIn(parse('a.ts', text))).toHaveLength(1))

  test.each([
    'const any = 1, text = "as unknown as any"',
    '// as any as they come, and @ts-check',
    'const tool = value as unknown',
    'const pair = [value as First, value as Second] as const',
    'interface Loose { [key: string]: unknown }',
  ])('lets the rest pass: %s', (text) => expect(forbiddenSyntaxIn(parse('a.ts', text))).toEqual([]))
})

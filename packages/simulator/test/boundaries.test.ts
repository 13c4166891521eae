import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const source = new URL('../src/', import.meta.url)
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const imports = files.flatMap((name) => {
  const text = readFileSync(new URL(name, source), 'utf8')
  return [...text.matchAll(/(?:\bfrom |\bimport\()'([^'\n]+)'/g)].map(([, target = '']) => ({ name, target }))
})

test('only the server, the command and the files of scripts need Node', () => {
  expect(imports.length).toBeGreaterThan(30)
  const users = new Set(imports.filter(({ target }) => target.startsWith('node:')).map(({ name }) => name))
  expect([...users].toSorted()).toEqual(['bin.ts', 'read-scripts.ts', 'server.ts'])
})

test('nothing else is imported, so that no mistake can be shared', () => {
  const others = imports.filter(
    ({ target }) => !target.startsWith('node:') && !/^(?:\.|(?:\.\.\/)*\.\.)\/[a-z0-9-/]+\.ts$/.test(target),
  )
  // Both are optional: without them nothing else is missing.
  expect(others).toEqual([
    { name: 'read-scripts.ts', target: 'yaml' },
    { name: 'vitest.ts', target: 'vitest' },
  ])
})

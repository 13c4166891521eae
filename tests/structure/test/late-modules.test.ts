import { expect, test } from 'vitest'
import { filesAt, read } from '../src/repository.ts'

/** What is loaded by `import()`, and what the entry takes from its modules, but for types. */
const late = /\bimport\('(\.\/[^']+)'\)/g
const exported = /^export \{[^}]*\} from '(\.\/[^']+)'/gm

test('what core loads late is not exported by its entry: some bundlers would load it at once then', () => {
  const sources = filesAt('packages/core/src/*.ts').map((path) => read(path))
  const loadedLate = new Set(sources.flatMap((source) => [...source.matchAll(late)].map(([, path]) => path)))
  expect(loadedLate.size).toBeGreaterThan(0)
  const entry = [...read('packages/core/src/index.ts').matchAll(exported)].map(([, path]) => path)
  expect(entry).toContain('./stream.ts')
  expect(entry.filter((path) => loadedLate.has(path))).toEqual([])
})

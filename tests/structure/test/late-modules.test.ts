import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { filesAt, read } from '../src/repository.ts'

/** What is loaded by `import()`, and what the entry takes from its modules, but for types. */
const late = /\bimport\('(\.{1,2}\/[^']+)'\)/g
const exported = /^export \{[^}]*\} from '(\.{1,2}\/[^']+)'/gm

test.each([
  ['core', 'index.ts'],
  ['core', 'adapter/index.ts'],
  ['cohere', 'index.ts'],
  ['openai', 'index.ts'],
])('what %s loads late is not exported by its %s: some bundlers would load it at once then', (name, index) => {
  const folder = `packages/${name}/src`
  const loadedLate = new Set(
    filesAt(`${folder}/**/*.ts`).flatMap((path) =>
      [...read(path).matchAll(late)].map(([, specifier = '']) => posix.join(posix.dirname(path), specifier)),
    ),
  )
  expect(loadedLate.size).toBeGreaterThan(0)
  const entry = [...read(`${folder}/${index}`).matchAll(exported)].map(([, path = '']) =>
    posix.join(folder, posix.dirname(index), path),
  )
  expect(entry).toContain(`${folder}/stream.ts`)
  expect(entry.filter((path) => loadedLate.has(path))).toEqual([])
})

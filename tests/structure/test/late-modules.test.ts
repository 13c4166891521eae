import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { filesAt, read } from '../src/repository.ts'

/** What is loaded by `import()`, and what the entry takes from its modules, but for types. */
const late = /\bimport\('(\.{1,2}\/[^']+)'\)/g
const exported = /^export \{[^}]*\} from '(\.\/[^']+)'/gm

test.each(['core', 'cohere'])(
  'what %s loads late is not exported by its entry: some bundlers would load it at once then',
  (name) => {
    const folder = `packages/${name}/src`
    const loadedLate = new Set(
      filesAt(`${folder}/**/*.ts`).flatMap((path) =>
        [...read(path).matchAll(late)].map(([, specifier = '']) => posix.join(posix.dirname(path), specifier)),
      ),
    )
    expect(loadedLate.size).toBeGreaterThan(0)
    const entry = [...read(`${folder}/index.ts`).matchAll(exported)].map(([, path = '']) => posix.join(folder, path))
    expect(entry).toContain(`${folder}/stream.ts`)
    expect(entry.filter((path) => loadedLate.has(path))).toEqual([])
  },
)

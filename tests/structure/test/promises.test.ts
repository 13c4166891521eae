import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { read } from '../src/repository.ts'

/** The tests, the laws of the conformance suite, or the faults that a document names: `path › a part of the test's name`, in code marks. */
function testsNamedIn(document: string): { readonly path: string; readonly name: string }[] {
  return Array.from(document.matchAll(/`((?:packages|tests)\/[^`›]+\.ts) › ([^`]+)`/g), ([, path = '', name = '']) => ({
    path,
    name,
  }))
}

describe.each(['docs/reliability.md', 'docs/simulator.md', 'SECURITY.md'])('%s', (document) => {
  const named = testsNamedIn(read(document))

  test('names the tests that hold what it promises', () => expect(named.length).toBeGreaterThan(5))

  test.each(named)('$path › $name', ({ path, name }) => {
    expect(existsSync(new URL(`../../../${path}`, import.meta.url))).toBe(true)
    // A test's name stands in quotes in its file.
    const quoted = Array.from(read(path).matchAll(/(['`"])((?:(?!\1).)*)\1/g), ([, , text = '']) => text)
    expect(quoted.some((text) => text.startsWith(name))).toBe(true)
  })
})

import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesAt, read } from '../src/repository.ts'
import { parse } from '../src/syntax-tree.ts'
import { testTitlesIn } from '../src/test-title.ts'

interface Link {
  readonly text: string
  /** From the root of the repository. */
  readonly path: string
}

/** The links of a Markdown file to other files of the repository. */
function linksIn(path: string, markdown: string): Link[] {
  const links = markdown
    .replaceAll(/^```.*?^```/gms, '')
    .matchAll(/\[(?<text>[^[\]]+)\]\((?<target>[^()\s#]+)(?:#[\w-]*)?\)/g)
  return Array.from(links, ({ groups: { text = '', target = '' } = {} }) => ({ text, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target))
    .map(({ text, target }) => ({ text, path: posix.join(posix.dirname(path), target) }))
}

const isMissing = ({ path }: Link): boolean => filesAt(path).length === 0

/** Whether a link to a test says the title of none that is there. */
function isUntitled({ text, path }: Link): boolean {
  const titles = testTitlesIn(parse(path, read(path)))
  // Markdown escapes what it would read otherwise.
  return !text.split(' › ').every((title) => titles.has(title.replaceAll(/\\([|_*<>[\]])/g, '$1')))
}

const pages = filesAt('{*.md,{docs,decisions,examples}/*.md,{packages,apps}/*/README.md}')

describe('documentation', () => {
  test.each(pages)('%s links to files that exist', (page) => {
    expect(linksIn(page, read(page)).filter(isMissing)).toEqual([])
  })

  test('what is said of Mirascope is shown by tests that exist', () => {
    const page = 'docs/seed-parity.md'
    const links = linksIn(page, read(page)).filter(({ path }) => /\.test(-d)?\.ts$/.test(path))
    expect(links.length).toBeGreaterThan(150)
    expect(links.filter(isUntitled)).toEqual([])
  })
})

describe('the check of documentation', () => {
  const path = 'tests/structure/test/documentation.test.ts'

  test.each([
    ['the check of documentation › knows a title: %j', false],
    ['documentation › %s links to files that exist', false],
    ['the check of documentation › knows nothing', true],
    ['isMissing', true],
  ])('knows a title: %j', (text, expected) => expect(isUntitled({ text, path })).toBe(expected))

  test('finds a file that is missing, and reads links as Markdown has them', () => {
    const markdown =
      '[a](../docs/none.md#top) [b](https://a.example) [c](tools.md) [d](#here)\n```\n[e](none.ts)\n```\n'
    const links = linksIn('docs/a.md', markdown)
    expect(links.map(({ text }) => text)).toEqual(['a', 'c'])
    expect(links.filter(isMissing)).toEqual([{ text: 'a', path: 'docs/none.md' }])
  })
})

import { expect, test } from 'vitest'
import { firstProgramIn, readmePrograms } from '../src/readme-program.ts'

test('takes the first TypeScript of a README', () => {
  const readme = ['# Title', '```sh', 'npm i', '```', '```ts', 'first()', '```', 'or', '```ts', 'second()', '```', '']
  expect(firstProgramIn(readme.join('\n'))).toBe('first()\n')
  expect(firstProgramIn('# Title\n\n`ts` is not enough\n')).toBeUndefined()
})

test('finds the README of the repository, of core and of Cohere', () => {
  const texts = readmePrograms().map(({ text }) => text)
  for (const path of ['README.md', 'packages/core/README.md', 'packages/cohere/README.md']) {
    expect(texts).toContainEqual(expect.stringMatching(new RegExp(`^// ${path}\n.*@interlingua/`, 's')))
  }
})

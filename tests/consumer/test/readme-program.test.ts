import { expect, test } from 'vitest'
import { programsIn, readmePrograms } from '../src/readme-program.ts'

test('takes the examples of a README that are whole programs', () => {
  const whole = "import 'a'\nfirst()\n"
  const readme = ['# Title', '```sh', 'npm i', '```', `\`\`\`ts\n${whole}\`\`\``, 'or', '```ts', 'second()', '```', '']
  expect(programsIn(readme.join('\n'))).toEqual([whole])
  expect(programsIn('# Title\n\n`ts` is not enough\n')).toEqual([])
})

test('finds the README of the repository, of core and of Cohere', () => {
  const texts = readmePrograms().map(({ text }) => text)
  for (const path of ['README.md', 'packages/core/README.md', 'packages/cohere/README.md']) {
    expect(texts).toContainEqual(expect.stringMatching(new RegExp(`^// ${path}\n.*@interlingua/`, 's')))
  }
})

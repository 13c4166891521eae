import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { page, Program } from './program.ts'

const readme = await page('README.md')
const [, section = ''] = /^## Swap the provider in one line$([\s\S]*?)^## /m.exec(readme) ?? []
const [, program = ''] = /```ts\n([\s\S]*?)```/.exec(section) ?? []
const [line = '', own = ''] = /^const model = (.*)$/m.exec(program) ?? []
const others = Array.from(section.matchAll(/^\| `(.*?)` +\|/gm), ([, model = '']) => model).filter(
  (model) => model !== 'const model =',
)

// All servers are the simulator: those with hosts of their own by the host, those on this machine by their port.
const offline = `
import { createSimulator } from '@interlingua/simulator'
const simulator = createSimulator()
globalThis.fetch = (input, init = {}) => {
  const headers = new Headers(init.headers)
  if (String(input).includes('localhost')) headers.set('x-simulator-dialect', 'ollama')
  return simulator.fetch(input, { ...init, headers })
}
`

test('there are lines to swap', () => {
  expect(own).toMatch(/^cohere\(/)
  expect(others.length).toBeGreaterThan(4)
})

describe('the program of the README', () => {
  const models = [own, ...others]
  const name = (model: string): string => `main-${models.indexOf(model)}.ts`
  let written: Program

  beforeAll(async () => {
    const programs = models.map((model) => [name(model), program.replace(line, `const model = ${model}`)] as const)
    written = await Program.of(new Map([...programs, ['offline.ts', offline]]))
  })
  afterAll(() => written[Symbol.asyncDispose]())

  test('is right by its types, whichever line is in it', async () => expect(await written.check()).toBe(''))

  test.each(models)('runs with %s', async (model) => {
    const keys = { CO_API_KEY: 'key', OPENAI_API_KEY: 'key', GROQ_API_KEY: 'key' }
    const { code, out, error } = await written.run(name(model), keys, '--import', written.path('offline.ts'))
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toMatch(/\w+ by \w+[\s\S]*inputTokens: \d+[\s\S]*stop/)
  })
})

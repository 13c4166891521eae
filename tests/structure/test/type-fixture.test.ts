import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesAt, read } from '../src/repository.ts'
import { TypeFixtures } from '../src/type-fixture.ts'

let fixtures: TypeFixtures
beforeAll(() => {
  fixtures = new TypeFixtures()
}, 60_000)
afterAll(() => fixtures.remove())

const imports = `import { z } from 'zod'
import { defineCall, defineTool, type Model, promptTemplate, type ProviderTypes } from './core/index.js'
`

// Counted are the types that the compiler makes of generic ones ("Instantiations" of \`--extendedDiagnostics\`) for a file with
// one tool and one call, less those for a file that only imports the same things. The declarations of core are compiled
// first, as they are published, so that checking core itself does not count.
test('a tool and a call cost the compiler little', () => {
  const nothing = fixtures.compile(
    `${imports}export type All = [typeof z, typeof defineCall, typeof defineTool, Model]\n`,
  )
  const program = fixtures.compile(`${imports}declare const model: Model
const getWeather = defineTool({
  name: 'get_weather',
  input: z.object({ city: z.string() }),
  run: ({ city }) => \`Rain in \${city}\`,
})
export const ask = defineCall({ model, tools: [getWeather], prompt: (city: string) => \`Weather in \${city}?\` })
`)
  expect([...nothing.errors, ...program.errors]).toEqual([])
  const instantiations = program.instantiations - nothing.instantiations
  console.log(`A tool and a call: ${instantiations} instantiations.`)
  expect(instantiations).toBeGreaterThan(0)
  expect(instantiations).toBeLessThanOrEqual(1_000)
}, 60_000)

test('types are tested by what compiles, and by what does not', () => {
  const texts = filesAt('{packages,tests,apps}/*/test/**/*.test-d.ts').map(read)
  const count = (pattern: RegExp): number => texts.reduce((sum, text) => sum + (text.match(pattern) ?? []).length, 0)
  const negatives = count(/@ts-expect-error/g)
  const all = negatives + count(/expectTypeOf\b(?!,)|assertType\b/g)
  expect(all).toBeGreaterThanOrEqual(100)
  expect(negatives / all).toBeGreaterThanOrEqual(1 / 3)
})

describe('a mistake is told in words that help', () => {
  const setting = `${imports}
interface AcmeTypes extends ProviderTypes { Params: { readonly temperature?: number; readonly mood?: 'calm' | 'wild' } }
declare const acme: Model<AcmeTypes>
declare const other: Model
const greet = defineTool({ name: 'greet', run: (_, { user }: { user: string }) => user })
const template = promptTemplate('Recommend a {genre} book')
const recommend = defineCall({ model: acme, prompt: template })
const ask = defineCall({ model: acme, prompt: (city: string) => city, tools: [greet], output: z.object({ title: z.string() }) })
export const all = [other, z, recommend, ask]
`
  const mistakes = [
    ['a wrong variable of a template', `void recommend({ gener: 'fantasy' })`, /'gener' does not exist in type/],
    ['a missing variable', `void recommend({})`, /Property 'genre' is missing in type '\{\}'/],
    ['a mistake in a template', `promptTemplate('{genre:lsit}')`, /lsit/],
    ['a wrong argument', `void ask(3)`, /Argument of type 'number' is not assignable to parameter of type 'string'/],
    ['a missing argument', `void ask.stream()`, /Expected 1 arguments, but got 0/],
    ['a context that is missing', `void ask.run(['Paris'])`, /Expected 2 arguments, but got 1/],
    [
      'a context of another type',
      `void ask.run(['Paris'], { context: { user: 1 } })`,
      /'number' is not assignable to type 'string'/,
    ],
    [
      'a context that tools of a response need',
      `void ask('a').then((r) => r.runTools())`,
      /Expected 1 arguments, but got 0/,
    ],
    [
      'a field that the output has not',
      `void ask('a').then((r) => r.output.titel)`,
      /'titel' does not exist on type '\{ title: string; \}'\. Did you mean 'title'\?/,
    ],
    [
      'an output without a schema',
      `void recommend({ genre: 'a' }).then((r) => r.output)`,
      /Property 'output' does not exist on type/,
    ],
    [
      'an output that is no schema',
      `defineCall({ model: acme, prompt: () => 'Hi', output: 'book' })`,
      /Type 'string' is not assignable to type 'OutputSchema'/,
    ],
    ['an output given to a model', `void acme.call('Hi', { output: z.string() })`, /'output' does not exist in type/],
    [
      'a parameter of another model',
      `defineCall({ model: other, prompt: () => 'Hi', mood: 'calm' })`,
      /'mood' does not exist in type/,
    ],
    [
      'a wrong value of a parameter',
      `defineCall({ model: acme, prompt: () => 'Hi', mood: 'cross' })`,
      /'"cross"' is not assignable to type '"calm" \| "wild"/,
    ],
    [
      'a dynamic config without messages',
      `defineCall({ model: acme, prompt: () => ({ temperature: 0 }) })`,
      /Property 'messages' is missing/,
    ],
    [
      'a wrong parameter in a dynamic config',
      `void acme.call(() => ({ messages: 'Hi', mood: 'cross' }))`,
      /'"cross"' is not assignable to type '"calm" \| "wild"/,
    ],
    [
      'a computed field that is missing',
      `template.dynamic((_: { n: number }) => ({ computedFields: {} }))`,
      /Property 'genre' is missing in type '\{\}'/,
    ],
  ] as const
  let told: readonly (readonly string[])[]
  beforeAll(() => {
    told = fixtures.errorsOf(mistakes.map(([, mistake]) => `${setting}${mistake}\n`))
  }, 60_000)

  test.for(mistakes.map(([what, , message], index) => [what, message, index] as const))('%s', ([, message, index]) => {
    const errors = told[index]
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatch(message)
    // Nobody reads on for ever.
    expect(errors?.[0]?.split('\n').length).toBeLessThan(16)
  })
})

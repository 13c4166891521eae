import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Message } from '../src/index.ts'
import { promptTemplate } from '../src/prompt-template.ts'
import { readSections } from '../src/template-section.ts'
import type { TemplateText, TemplateVariables } from '../src/template-variables.ts'

/** The messages of a text that the compiler does not look at. */
function fill(template: string, variables?: Record<string, unknown>): readonly Message[] {
  return promptTemplate(template)(variables)
}

/** The text of the only message. */
function only(template: string, variables?: Record<string, unknown>): unknown {
  const messages = fill(template, variables)
  expect(messages).toHaveLength(1)
  return messages[0]?.content
}

const problem = (message: string) => expect.objectContaining({ name: 'InterlinguaError', code: 'prompt', message })
describe('braces', () => {
  test.each([
    ['{"a": {"b": {"c": 1}}}', '{"a": {"b": {"c": 1}}}'],
    ['{"a": {"b": {x}}}', '{"a": {"b": X}}'],
    ['[{"a":1},{"a":{}}]', '[{"a":1},{"a":{}}]'],
    ['{{"a": {{"b": {x}}}}}', '{"a": {"b": X}}'],
    ['{{"a": {"b": {x}}}}', '{"a": {"b": X}}'],
    ['{{x}}', '{x}'],
    ['{{{x}}}', '{X}'],
    ['{{{{x}}}}', '{{x}}'],
    ['{{a } b}}', '{a } b}'],
    ['{{a\nb}}', '{a\nb}'],
    ['{} { x } {x y} {x, y} {x: 1} {1} {x.1} {x-y} {é} {!x}', '{} { x } {x y} {x, y} {x: 1} {1} {x.1} {x-y} {é} {!x}'],
    ['{y:{x}}', '{y:X}'],
    ['a } b }} c { d', 'a } b }} c { d'],
    ['{x', '{x'],
    ['{x\n}', '{x\n}'],
    ['function f() { return {x} }', 'function f() { return X }'],
    ['${x}', '$X'],
  ])('%j is %j', (template, text) => expect(only(template, { x: 'X' })).toBe(text))
})

describe('white space', () => {
  test('that the lines begin with together is none of the text', () => {
    const messages = promptTemplate(`
      SYSTEM: You know two things:
        - a
          - b
      USER:
          - c

            - {d}
      `)({ d: '  d\n      e' })
    expect(messages).toEqual([
      { role: 'system', content: 'You know two things:\n  - a\n    - b' },
      { role: 'user', content: '- c\n\n  -   d\n      e' },
    ])
  })

  test.each([
    ['a\n    b\n      c', 'a\nb\n  c'],
    ['  a\n  b', 'a\nb'],
    ['\n\ta\n\t\tb\n', 'a\n\tb'],
    ['\n\ta\n  b\n', 'a\n  b'],
    ['\n  a\n\n   \n  b\n', 'a\n\n \nb'],
    ['\n\n  a  \n\n', 'a'],
  ])('%j is %j', (template, text) => expect(only(template)).toBe(text))
})

describe('a mistake', () => {
  const alone = 'takes variables and nothing else. Begin what follows with a role of its own.'
  const different = 'one name is used in different ways here. Give each its own.'
  test.each([
    ['a {x:audio}', 'line 1, column 3: {x:audio}: there is no neutral part for this yet.'],
    ['\n  {x:document(a=b)}', 'line 2, column 3: {x:document(a=b)}: there is no neutral part for this yet.'],
    ['USER: {x:cache_control}', 'line 1, column 7: {x:cache_control}: there is no neutral part for this yet.'],
    [
      'SYSTEM: {x:images}',
      'line 1, column 9: {x:images}: only a user message can hold this, and here it stands in the words of the system.',
    ],
    ['USER: a\nMESSAGES: {x} b', `line 2, column 10: MESSAGES: ${alone}`],
    ['MESSAGES: {x:text}', `line 1, column 11: MESSAGES: ${alone}`],
    ['{x} {x:list}', `line 1, column 5: {x}: ${different}`],
    ['{x.y} {x}', `line 1, column 7: {x}: ${different}`],
    ['{x.y} {x.y.z}', `line 1, column 7: {x.y}: ${different}`],
  ])('%j', (template, message) => {
    expect(() => promptTemplate(template)).toThrow(problem(`the prompt template, ${message}`))
  })

  test('in a specifier is told with those that there are', () => {
    const known = 'list, lists, text, texts, image, .*, part, parts, messages'
    const message = new RegExp(
      `column 1: {x:liste}: there is no such specifier. There are ${known}\\. .*: {{x:liste}}\\.$`,
    )
    expect(() => fill('{x:liste}')).toThrow(message)
  })
})

// One table for both readers: `true` for each variable that there is.
const readings = {
  '': {},
  '{a}{b:list}{c.d}{c.e}': { a: true, b: true, c: true },
  '{{a}} {{{b}}} {{{{c}}}} {{{{{d}}}}}': { b: true, d: true },
  '{"a": {"b": {c}}}': { c: true },
  '{a b}{ c}{d }{e,f}{1}{g1}{$}{_}{ä}{h.}{.i}{j..k}{l.m.n}': { g1: true, $: true, _: true, l: true },
  '{a: 1}{b:\tc}{c:\r}{:d}{e\n}{f:list\n}{g\r}{{{h': {},
  'USER: {a}\nMESSAGES:\r\n\t{b} {c:messages}\n \tUSER:{d}': { a: true, b: true, c: true, d: true },
  '{a:{b}}{c:{{d}}': { b: true },
  'x MESSAGES: {a} b': { a: true },
  '{a} MESSAGES: {b} c': { a: true, b: true },
  '{\nMESSAGES: {a}': { a: true },
  '{a}\nNOTE: x\nASSISTANT: {b:text}\nUSER: {c:part}': { a: true, b: true, c: true },
  '{photo:image}{photo:image(detail=low)}': { photo: true },
  'MESSAGES:\nUSERS: {a}': 'mistake',
  'MESSAGES: {{': 'mistake',
  'MESSAGES: { {a}': 'mistake',
  'MESSAGES: {a}\n{b:list}': 'mistake',
  'MESSAGES: a\nUSER: {b}': 'mistake',
  '\r\n MESSAGES: {a}\n.': 'mistake',
  'ASSISTANT: {a:part}': 'mistake',
  'SYSTEM:\n a: {{\n {a:image}': 'mistake',
  '{a:}': 'mistake',
  '{a:b:c}': 'mistake',
  '{a:list }': 'mistake',
  '{a:image(detail=low,detail=high)}': 'mistake',
  '{a:text}{a}': 'mistake',
} as const

type Reading<Text extends string> =
  TemplateText<Text> extends Text ? { readonly [Name in keyof TemplateVariables<Text>]: true } : 'mistake'

describe('the compiler and the program', () => {
  test.each(Object.entries(readings))('read %j alike', (template, reading) => {
    expectTypeOf(readings).toEqualTypeOf<{ readonly [Text in keyof typeof readings]: Reading<Text> }>()
    if (reading === 'mistake') return expect(() => promptTemplate(template)).toThrow(problem(expect.any(String)))
    const placeholders = readSections(template)
      .flatMap((section) => ('use' in section ? section : section.content.flat()))
      .filter((piece) => typeof piece !== 'string')
    expect(Object.fromEntries(placeholders.map(({ path: [name] }) => [name, true]))).toEqual(reading)
  })
})

describe('whatever the text is', () => {
  test('a text without braces and roles is itself, trimmed', () => {
    const plain = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[{}:\s]+/g, ' '))
    fc.assert(
      fc.property(plain, (text) => {
        expect(fill(text)).toEqual(text.trim() === '' ? [] : [{ role: 'user', content: text.trim() }])
      }),
    )
  })

  test('JSON is text', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        fc.pre(!json.includes('{{') && !/\{[\w$.]+(:\S[^}]*)?\}/.test(json))
        expect(only(`a ${json} b`)).toBe(`a ${json} b`)
      }),
    )
  })
})

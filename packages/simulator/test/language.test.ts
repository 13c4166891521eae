import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsOf } from '../src/language/facts.ts'
import { fillSchema } from '../src/language/fill-schema.ts'
import { samplePattern } from '../src/language/pattern-sample.ts'
import { quotePassages } from '../src/language/quote-passages.ts'
import { sentencesOf } from '../src/language/sentences.ts'
import { stem, wordsOf } from '../src/language/words.ts'

describe('facts', () => {
  test.each([
    ["What's the weather in Paris?", ['name Paris']],
    ["Recommend Dune. Tell me about Barack Obama's age", ['name Dune', 'name Barack Obama']],
    [
      'Trains to Rio de Janeiro or San Francisco, CA',
      ['weak name Trains', 'name Rio de Janeiro', 'name San Francisco, CA'],
    ],
    [
      'Book "Chez Max" for two on 5 January 2025 at 19:30, mail ann@x.org',
      ['quoted Chez Max', 'number 2', 'date 2025-01-05', 'time 19:30', 'email ann@x.org'],
    ],
    ['1,234.5 is -7 and 3 + 4 * 2', ['number 1234.5', 'number -7', 'expression 3 + 4 * 2']],
    ['Sept. 3rd, 2024 and 2024-02-29', ['date 2024-09-03', 'date 2024-02-29']],
    ['see https://x.org/a?b=c.', ['url https://x.org/a?b=c']],
    ['rain in oslo tomorrow?', ['phrase oslo']],
    ['hello there', []],
  ])('%j', (text, facts) => {
    expect(factsOf(text).map(({ kind, value }) => `${kind} ${value}`)).toEqual(facts)
  })

  test('stand where they say they do, and do not overlap', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        let end = 0
        for (const fact of factsOf(text).filter(({ kind }) => kind !== 'phrase')) {
          expect(fact.start).toBeGreaterThanOrEqual(end)
          expect(fact.end).toBeLessThanOrEqual(text.length)
          end = fact.end
        }
      }),
    )
  })

  test('are found in linear time', () => {
    for (const part of ['a', 'A', '1', '1,', 'A ', 'in ', '"', '. ', 'a@', '1 + ', '(']) {
      const start = performance.now()
      factsOf(part.repeat(20_000))
      // Generous, and far below what a quadratic search would take.
      expect(performance.now() - start).toBeLessThan(2_000)
    }
  })
})

test.each([
  [
    'Dr. Who lives in Washington, D.C. He is 3.5 m tall! Really? "Yes." So it is',
    ['Dr. Who lives in Washington, D.C. He is 3.5 m tall!', 'Really?', '"Yes."', 'So it is'],
  ],
  ['One line\nAnother line\n\nA third', ['One line', 'Another line', 'A third']],
  ['', []],
])('the sentences of %j', (text, sentences) => {
  expect(sentencesOf(text)).toEqual(sentences)
})

test.each([
  ['cities', 'city'],
  ['boxes', 'box'],
  ['running', 'run'],
  ['live', 'living'],
  ['prices', 'price'],
  ['glass', 'glasses'],
])('%s and %s have the same stem', (one, other) => {
  expect(stem(one)).toBe(stem(other))
})

test('names in code are words', () => {
  expect(wordsOf('get_the-weatherForCity Übung')).toEqual(['get', 'the', 'weather', 'for', 'city', 'ubung'])
})

test.each(['[A-Z]{3}[0-9]{7}', '\\d{2,4}-\\w+', '(?:ab|cd)+x?', 'v[0-9]\\.[^a]', '.{3}', '(a(b|c)){2}'])(
  'a sample of %s matches it',
  (pattern) => {
    expect(samplePattern(pattern)).toMatch(new RegExp(`^(?:${pattern})$`))
  },
)

test('a pattern that is none ends', () => {
  for (const broken of ['[', '(', '{', '\\', ')', '(((', '|', '*']) expect(typeof samplePattern(broken)).toBe('string')
})

test('what the text does not have is no find', () => {
  const schema = {
    type: 'object',
    properties: { city: { type: 'string' }, n: { type: 'integer' } },
    required: ['city', 'n'],
  }
  expect(fillSchema(schema, { text: 'weather in Paris' })).toEqual({ value: { city: 'Paris', n: 0 }, found: false })
  expect(fillSchema(schema, { text: 'weather in Paris, 3 days' })).toEqual({
    value: { city: 'Paris', n: 3 },
    found: true,
  })
})

test('quotations stand where they say they do', () => {
  assert(
    property(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), (question, text) => {
      const { text: said, spans } = quotePassages(question, [{ text, source: 1 }])
      for (const span of spans) {
        expect(said.slice(span.start, span.end)).toBe(span.text)
        expect(text).toContain(span.text)
      }
    }),
  )
})

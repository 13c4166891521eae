import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { findJson, JsonSearch } from '../src/output-json.ts'

describe('the JSON in a text', () => {
  test.for([
    ['is all of it', ' {"a": 1}\n', { a: 1 }],
    ['stands in a code fence', '```json\n{"a": 1}\n```', { a: 1 }],
    ['has a code fence within', '```json\n{"a": "```js\\n{}\\n```"}\n```', { a: '```js\n{}\n```' }],
    ['comes after prose and before it', 'Here: {"a": 1} {"a": 2} Bye {.', { a: 1 }],
    ['comes after braces that are none', 'Use {curly} braces: {"a": 1}', { a: 1 }],
    ['comes after brackets that are none', 'note [see {this}]: {"a": 1}', { a: 1 }],
    ['comes after a list, which is not wanted', 'note [1]: {"a": 1}', { a: 1 }],
    ['comes after an empty object', 'Use {} like this: {"a": 1}', { a: 1 }],
    ['is an empty object where there is no other', 'It is {}.', {}],
    ['begins where another fails', '{{"a": 1}}', { a: 1 }],
    ['holds braces in strings', 'x {"a": "}{"} y', { a: '}{' }],
    ['holds the key __proto__ as any other', 'x {"__proto__": 1}', JSON.parse('{"__proto__": 1}') as unknown],
  ] as const)('%s', ([, text, value]) => {
    expect(findJson(text)).toEqual({ value })
  })

  test.for([
    ['', 'there is no JSON object in it'],
    ['no', 'there is no JSON object in it'],
    ['a list: ["a", {"b": 1}]', 'there is no JSON object in it'],
    ["{'a': 1}", 'there is no JSON object in it'],
    ['x {"a": [1, 2', 'its JSON object does not end'],
  ] as const)('is none in %j', ([text, problem]) => {
    expect(findJson(text)).toEqual({ problem })
  })

  test('is the same however the text is cut', () => {
    const noise = fc.constantFrom('', 'Here: ', '```json\n', '{curly} ', '[1] ', '{} ', '{"a": oops} ', '[[', '{"')
    const object = fc.dictionary(
      fc.string().filter((key) => !key.includes('\\')),
      fc.jsonValue(),
      { minKeys: 1 },
    )
    fc.assert(
      fc.property(fc.array(noise), object, fc.array(fc.nat(9)), (before, value, cuts) => {
        // What opens and does not fail takes the rest with it.
        const text = `${before.filter((each) => each !== '[[' && each !== '{"').join('')}${JSON.stringify(value)} and {more}`
        const search = new JsonSearch('object')
        let rest = text
        for (const cut of [...cuts, text.length]) {
          search.push(rest.slice(0, cut))
          rest = rest.slice(cut)
        }
        expect(search.found).toBe(true)
        expect(search.json?.value).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

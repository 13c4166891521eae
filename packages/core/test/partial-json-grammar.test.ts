import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { PartialJson, type PartialJsonError } from '../src/partial-json.ts'

interface Result {
  readonly value: unknown
  readonly complete: boolean
  readonly error: PartialJsonError | undefined
}

function parse(pieces: readonly string[]): Result {
  const json = new PartialJson()
  for (const piece of pieces) json.push(piece)
  json.end()
  return { value: json.value, complete: json.complete, error: json.error }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const valid: readonly string[] = [
  'true',
  'false',
  'null',
  '""',
  '"a"',
  '0',
  '-0',
  '-0.0',
  '1e5',
  '1E+5',
  '1e-05',
  '0e1',
  '-1.5e3',
  '123456789012345678901234567890',
  '1e400',
  '-1e400',
  '1e-400',
  `${'9'.repeat(400)}.${'1'.repeat(400)}`,
  '[]',
  '{}',
  '[[]]',
  '[{}]',
  '{"":0}',
  '{"":{"":{"":""}}}',
  '{"a":1,"a":2}',
  '{"b":1,"a":2,"b":{"c":3}}',
  '{"1":1,"0":0,"-1":-1}',
  '[1,2,[3,[4]],{"a":[5]},"x",true,false,null]',
  ' \t\r\n[ \t1 ,\n2 ]\r\n ',
  ' { "a" : 1 , "b" : [ ] } ',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uFFFF\\u00e9\\u00E9"',
  '"\\ud83d\\ude00 \\uD83D \\ude00 \\ud83d\\ud83d\\ude00"',
  '"\u007f\u2028\u2029\ufeff😀é"',
  '"\ud83d"',
  '"\ude00\ud83d"',
  '{"\\u0061":1,"a":2}',
  '{"\\ud83d\\ude00":1,"\ud83d":2}',
  '{"__proto__":1,"constructor":2,"prototype":3,"hasOwnProperty":4}',
  '{"length":1,"toJSON":2,"then":3,"valueOf":{}}',
]

const invalid: readonly [text: string, offset: number][] = [
  ['', 0],
  [' ', 1],
  ['\u00a0', 0],
  ['\ufeff1', 0],
  ['\f1', 0],
  ['x', 0],
  ['tru', 3],
  ['truE', 3],
  ['truee', 4],
  ['nan', 1],
  ['NaN', 0],
  ['Infinity', 0],
  ['undefined', 0],
  ['+1', 0],
  ['-', 1],
  ['--1', 1],
  ['-x', 1],
  ['01', 1],
  ['-01', 2],
  ['1.', 2],
  ['1.e1', 2],
  ['.5', 0],
  ['1e', 2],
  ['1e+', 3],
  ['1e1.5', 3],
  ['1.5.5', 3],
  ['0x10', 1],
  ['1_000', 1],
  ['1 2', 2],
  ['"', 1],
  ['"a', 2],
  ["'a'", 0],
  ['"\\', 2],
  ['"\\a"', 2],
  ['"\\x41"', 2],
  ['"\\u12"', 5],
  ['"\\u12g4"', 5],
  ['"\\U0041"', 2],
  ['"a\nb"', 2],
  ['"\t"', 1],
  ['"\u0000"', 1],
  ['"a" "b"', 4],
  ['[', 1],
  ['[1', 2],
  ['[1,', 3],
  ['[1,]', 3],
  ['[,1]', 1],
  ['[1,,2]', 3],
  ['[1 2]', 3],
  ['[1}', 2],
  ['[1:2]', 2],
  ['[]]', 2],
  [']', 0],
  ['{', 1],
  ['}', 0],
  ['{]', 1],
  ['{a:1}', 1],
  ["{'a':1}", 1],
  ['{1:1}', 1],
  ['{"a"}', 4],
  ['{"a":}', 5],
  ['{"a"1}', 4],
  ['{"a"::1}', 5],
  ['{"a":1', 6],
  ['{"a":1,', 7],
  ['{"a":1,}', 7],
  ['{,"a":1}', 1],
  ['{"a":1 "b":2}', 7],
  ['{"a":1]', 6],
  ['{}{}', 2],
  ['{},', 2],
  ['[1]// note', 3],
  ['/* note */1', 0],
  ['{"a":true/**/}', 9],
  ['```json\n{}\n```', 0],
]

describe('a JSON text', () => {
  test.each(valid)('%j gives the value of JSON.parse at every split', (text) => {
    const expected: unknown = JSON.parse(text)
    const splits = [[...Array(text.length).keys()].map((at) => text.slice(at, at + 1))]
    for (let at = 0; at <= text.length; at++) splits.push([text.slice(0, at), '', text.slice(at)])
    for (const pieces of splits) {
      const { value, complete, error } = parse(pieces)
      expect(error).toBe(undefined)
      expect(complete).toBe(true)
      expect(isDeepStrictEqual(value, expected)).toBe(true)
      expect(JSON.stringify(value)).toBe(JSON.stringify(expected))
    }
  })
})

describe('what is not JSON', () => {
  test.each(invalid)('%j is an error at %i, and the same one at every split', (text, offset) => {
    expect(isJson(text)).toBe(false)
    const whole = parse([text])
    expect(whole.error?.offset).toBe(offset)
    expect(whole.complete).toBe(false)
    for (let at = 0; at <= text.length; at++) expect(parse([text.slice(0, at), text.slice(at)])).toEqual(whole)
    expect(parse([...Array(text.length).keys()].map((at) => text.slice(at, at + 1)))).toEqual(whole)
  })

  test('is found at every place of a document', () => {
    const text = ' {"a\\n\\u00e9":[1,-2.5e+1,true,null,"x\\"",{}],"b":{"c":[]}} '
    const intruders = [
      'x',
      '"',
      '\\',
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '0',
      '-',
      '.',
      'e',
      ' ',
      '\n',
      '\u0000',
      't',
      '\ud83d',
    ]
    for (let at = 0; at <= text.length; at++) {
      for (const intruder of ['', ...intruders]) {
        for (const removed of [0, 1]) {
          const wrong = text.slice(0, at) + intruder + text.slice(at + removed)
          const { value, complete, error } = parse([wrong])
          expect([wrong, complete]).toEqual([wrong, isJson(wrong)])
          expect([wrong, error === undefined]).toEqual([wrong, complete])
          if (complete) expect(isDeepStrictEqual(value, JSON.parse(wrong))).toBe(true)
          // The error stands where the text stops being the beginning of a document, and not before or after.
          else expect([wrong, error?.offset]).toSatisfy(([, offset]) => offset >= Math.min(at, wrong.length))
        }
      }
    }
  })
})

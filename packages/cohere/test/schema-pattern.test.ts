import { describe, expect, test } from 'vitest'
import { reshapePattern } from '@interlingua/core'

describe('a pattern', () => {
  test.each([
    ['a', 'a', true],
    ['^a$', 'a', true],
    ['^a', 'a.*', true],
    ['a$', '.*a', true],
    ['^a|b$', 'a.*|.*b', true],
    ['^(?:a|b)$', '(?:a|b)', true],
    ['^[^$^]\\$\\^$', '[^\\$\\^]\\$\\^', true],
    ['^a?=$', 'a?[=]', true],
    ['(^a|b$)', '.*(a|b).*', false],
  ])('%s', (pattern, reshaped, exact) => {
    expect(reshapePattern(pattern)).toEqual({ pattern: reshaped, exact })
  })

  test.each(['(?!a)', '(?<=a)b', '^$', '\\bword\\b', '(a)\\1'])('%s cannot be said', (pattern) => {
    expect(reshapePattern(pattern)).toBeUndefined()
  })
})

import { describe, expect, test } from 'vitest'
import { hasFormat } from '../src/json-schema-format.ts'

describe('a format', () => {
  const formats: Readonly<Record<string, readonly [valid: readonly string[], invalid: readonly string[]]>> = {
    'date-time': [
      ['2024-02-29T12:00:00Z', '1998-12-31T15:59:60.1-08:00'],
      ['2024-02-29', '2024-02-30T12:00:00Z', '2024-02-29T12:00:00'],
    ],
    time: [
      ['12:00:00Z', '23:59:60Z', '12:00:00.5+02:00'],
      ['12:00:00', '24:00:00Z', '22:59:60Z'],
    ],
    duration: [
      ['P1DT2H', 'P2W', 'PT1M'],
      ['P', 'P1DT', '1D', 'P1Y2D'],
    ],
    email: [
      ['a.b+c@example.com', '"a b"@example.com'],
      ['a', 'a@', '@b', 'a..b@c.de', 'a@b c'],
    ],
    hostname: [
      ['example.com', 'a'],
      ['-a', 'a_b', 'a..b', 'a'.repeat(64)],
    ],
    ipv4: [['127.0.0.1'], ['256.1.1.1', '1.1.1', '01.1.1.1']],
    ipv6: [
      ['::1', '1::d6:192.168.0.1'],
      [':::', '12345::', '1::2::3', '127.0.0.1'],
    ],
    uri: [
      ['https://example.com/a?b#c', 'mailto:a@b.de', 'urn:isbn:1'],
      ['//a', 'a', 'http://a b', 'http://'],
    ],
    uuid: [
      ['2eb8aa08-aa98-11ea-b4aa-73b441d16380'],
      ['2eb8aa08aa9811eab4aa73b441d16380', '2eb8aa08-aa98-11ea-b4aa-73b441d1638'],
    ],
  }

  test.each(Object.entries(formats))('%s', (format, [valid, invalid]) => {
    expect(valid.filter((text) => !hasFormat(text, format))).toEqual([])
    expect(invalid.filter((text) => hasFormat(text, format))).toEqual([])
  })
})

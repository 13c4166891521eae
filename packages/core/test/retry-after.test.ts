import { expect, test } from 'vitest'
import { retryAfterMs } from '../src/retry-after.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

// https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
test.each([
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': ' 1.5 ' }, 1_500],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, 10_000],
  [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
  [{ 'retry-after': 'Infinity' }, undefined],
  [{ 'retry-after': '1e999' }, undefined],
  [{ 'retry-after': '0x10' }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%o is %s ms', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers), now)).toBe(expected)
})

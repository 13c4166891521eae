import { describe, expect, test } from 'vitest'
import { pagesOf } from '../../../bench/src/page.ts'
import { read, root } from '../src/repository.ts'

describe('what is said of performance', () => {
  test.each([...pagesOf(root)])('%s says what was measured, as `npm run bench` wrote it', (path, text) => {
    expect(read(path)).toBe(text)
  })

  test('every figure of ours in the README was measured', () => {
    const [, table = ''] = /<!-- npm run bench -->(.*?)<!-- end -->/s.exec(read('README.md')) ?? []
    const rows = table.split('\n').filter((line) => line.includes('interlingua'))
    expect(rows).toHaveLength(2)
    expect(rows.filter((row) => row.includes('–'))).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'

test('the example of the conformance suite’s README does what it says', async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  const { report } = await import('./conformance/readme-example.ts')
  expect(report.cases.length).toBeGreaterThan(80)
  expect(report.cases.filter(({ verdict }) => verdict === 'fail')).toEqual([])
  expect(print).toHaveBeenCalledWith(expect.stringMatching(/^Cohere: \d+ pass/))
  print.mockRestore()

  const code = readFileSync(new URL('conformance/readme-example.ts', import.meta.url), 'utf8')
  const readme = readFileSync(new URL('../../conformance/README.md', import.meta.url), 'utf8')
  expect(readme).toContain(code.replace(/\nexport .*\n$/, ''))
}, 60_000)

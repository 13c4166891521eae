import { basename, dirname, join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { type CassetteOptions, openCassette } from './cassette.ts'

/**
 * A `fetch` on a cassette of the test that calls it: `cassettes/<test file>/<test name>.json`, beside the test file. The
 * cassette is written when the test ends, and a request without a recording fails the test.
 *
 * ```ts
 * test('recommends a book', async () => {
 *   const cohere = createCohere({ fetch: await useCassette() })
 *   …
 * })
 * ```
 *
 * `CASSETTE=record-missing vitest run` records what is missing.
 */
export async function useCassette(options?: CassetteOptions): Promise<typeof globalThis.fetch> {
  const { testPath, currentTestName } = expect.getState()
  if (testPath === undefined || currentTestName === undefined) {
    throw new Error('useCassette() belongs inside a test: the cassette is named after it.')
  }
  const file = basename(testPath).replace(/\.(test|spec)\.[cm]?[jt]sx?$/, '')
  const cassette = await openCassette(
    join(dirname(testPath), 'cassettes', file, `${fileName(currentTestName)}.json`),
    options,
  )
  onTestFinished(() => cassette.close())
  return cassette.fetch
}

function fileName(testName: string): string {
  return testName
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 120)
}

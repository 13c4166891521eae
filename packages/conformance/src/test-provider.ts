import { laws } from './laws.ts'
import type { ProviderUnderTest } from './provider-under-test.ts'
import { type CaseReport, casesOf, type ConformanceReport, failed, passed, patienceOf } from './report.ts'

/** What is needed of a test runner. Vitest, Jest, Mocha, Bun and `node:test` all have it. */
export interface TestRunner {
  readonly describe: (name: string, define: () => void) => unknown
  readonly test: (name: string, run: () => Promise<void>, timeoutMs?: number) => unknown
}

/** Options of {@link testProvider}. */
export interface TestProviderOptions extends Partial<TestRunner> {
  /** Given the report when the last case is done; `conformanceMatrix` makes a text of it. */
  readonly onReport?: (report: ConformanceReport) => void
}

/**
 * Defines a test for every law in every scenario of a provider. Give it `describe` and `test` of your runner; where they are
 * global, it finds them.
 *
 * ```ts
 * import { describe, test } from 'vitest' // or 'node:test'
 *
 * testProvider(acme, { describe, test })
 * ```
 *
 * @throws {TypeError} where there is no test runner.
 */
export function testProvider(provider: ProviderUnderTest, options: TestProviderOptions = {}): void {
  const { describe, test } = runnerOf(options)
  const reports: CaseReport[] = []
  let left = 0
  describe(provider.name, () => {
    for (const law of laws) {
      describe(`${law.name}: ${law.says}`, () => {
        for (const { name, title, check } of casesOf(law, provider)) {
          left += 1
          test(
            title,
            async () => {
              try {
                reports.push(passed(law.name, name, await check()))
              } catch (error) {
                reports.push(failed(law.name, name, error))
                throw error
              } finally {
                left -= 1
                if (left === 0) options.onReport?.({ provider: provider.name, cases: reports })
              }
            },
            patienceOf(provider) + 1_000,
          )
        }
      })
    }
  })
}

function runnerOf(options: Partial<TestRunner>): TestRunner {
  const { describe = Reflect.get(globalThis, 'describe'), test = Reflect.get(globalThis, 'test') } = options
  if (typeof describe === 'function' && typeof test === 'function') return { describe, test }
  throw new TypeError('testProvider needs a test runner: give it `{ describe, test }`, from vitest or node:test.')
}

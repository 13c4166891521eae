import { type Case, type Law, type LawName, notApplicable, type NotApplicable } from './law.ts'
import { laws } from './laws.ts'
import type { ProviderUnderTest } from './provider-under-test.ts'

/** What came of a law in one case. */
export interface CaseReport {
  readonly law: LawName
  /** The scenario, or the situation. */
  readonly name: string
  readonly verdict: 'pass' | 'fail' | 'not applicable'
  /** Why it failed, or does not apply. */
  readonly reason?: string
}

/** What came of all laws. */
export interface ConformanceReport {
  readonly provider: string
  readonly cases: readonly CaseReport[]
}

export function patienceOf({ patienceMs = 30_000 }: ProviderUnderTest): number {
  return patienceMs
}

/** A case, and what a test runner is to call it. */
export interface PlannedCase extends Case {
  readonly title: string
}

/** A law as it is to be checked on one provider: its exceptions do not apply. */
export function casesOf(law: Law, provider: ProviderUnderTest): readonly PlannedCase[] {
  const { exceptions = {} } = provider
  return law.cases(provider).map(({ name, check }) => {
    const exception = exceptions[law.name] ?? exceptions[`${law.name}: ${name}`]
    return {
      name,
      title: exception === undefined ? name : `${name} (not applicable: ${exception})`,
      check: () =>
        exception === undefined ? withPatience(check, patienceOf(provider)) : Promise.resolve(notApplicable(exception)),
    }
  })
}

/**
 * Checks every law on a provider, one after the other, without a test runner. Never rejects because of a law that is broken:
 * the report says which.
 */
export async function checkProvider(provider: ProviderUnderTest): Promise<ConformanceReport> {
  const cases: CaseReport[] = []
  for (const law of laws) {
    for (const { name, check } of casesOf(law, provider)) {
      cases.push(
        await check().then(
          (outcome) => passed(law.name, name, outcome),
          (error: unknown) => failed(law.name, name, error),
        ),
      )
    }
  }
  return { provider: provider.name, cases }
}

export function passed(law: LawName, name: string, outcome: NotApplicable | undefined): CaseReport {
  return outcome
    ? { law, name, verdict: 'not applicable', reason: outcome.notApplicable }
    : { law, name, verdict: 'pass' }
}

export function failed(law: LawName, name: string, error: unknown): CaseReport {
  return { law, name, verdict: 'fail', reason: error instanceof Error ? error.message : String(error) }
}

async function withPatience(check: Case['check'], patienceMs: number): ReturnType<Case['check']> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came of it in ${patienceMs} ms`)), patienceMs)
  })
  try {
    return await Promise.race([check(), hang])
  } finally {
    clearTimeout(timer)
  }
}

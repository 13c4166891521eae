import type { Law, LawName, NotApplicable } from './law.ts'
import type { ProviderUnderTest } from './provider-under-test.ts'
import type { Scenario } from './scenario.ts'

/** A law that is checked in each of the provider's scenarios. */
export function perScenario(
  name: LawName,
  says: string,
  {
    check,
  }: { readonly check: (provider: ProviderUnderTest, scenario: Scenario) => Promise<NotApplicable | undefined> },
): Law {
  return {
    name,
    says,
    perScenario: true,
    cases: (provider) =>
      provider.scenarios.map((scenario) => ({ name: scenario.name, check: () => check(provider, scenario) })),
  }
}

/** A law that is checked in situations of its own. */
export function inSituations(
  name: LawName,
  says: string,
  situations: Readonly<Record<string, (provider: ProviderUnderTest) => Promise<NotApplicable | void>>>,
): Law {
  return {
    name,
    says,
    perScenario: false,
    cases: (provider) =>
      Object.entries(situations).map(([situation, check]) => ({
        name: situation,
        check: async () => (await check(provider)) ?? undefined,
      })),
  }
}

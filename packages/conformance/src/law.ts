import type { ProviderUnderTest } from './provider-under-test.ts'

/** Every law that is checked. */
export type LawName =
  | 'reading'
  | 'fold-equals-call'
  | 'any-split'
  | 'any-framing'
  | 'ends-once'
  | 'truncation'
  | 'lost-connection'
  | 'nothing-lost'
  | 'nothing-silent'
  | 'same-history'
  | 'stop-means-stop'
  | 'no-reading-ahead'
  | 'linear'
  | 'no-hang'
  | 'no-leak'
  | 'counted-once'
  | 'tool-arguments'
  | 'typed-errors'
  | 'concurrency'
  | 'retries'

/** Why a law does not apply in one case. */
export interface NotApplicable {
  readonly notApplicable: string
}

/** A law in one scenario or situation. */
export interface Case {
  readonly name: string
  /** Throws where the law is broken. */
  readonly check: () => Promise<NotApplicable | undefined>
}

/** A property that every provider must have. */
export interface Law {
  readonly name: LawName
  /** What it says, in a sentence. */
  readonly says: string
  /** Whether its cases are the provider's scenarios; otherwise they are situations of its own. */
  readonly perScenario: boolean
  readonly cases: (provider: ProviderUnderTest) => readonly Case[]
}

export function notApplicable(reason: string): NotApplicable {
  return { notApplicable: reason }
}

import { BaseCallResponse } from '@interlingua/core/adapter'
import type { CohereTypes } from './types.ts'
import { type TrialLimits, trialLimits } from './trial-limits.ts'

/** Cohere's answer to a chat. */
export class CohereCallResponse extends BaseCallResponse<CohereTypes> {
  /** What is left of a trial key's calls; `undefined` with a production key. */
  get trialLimits(): TrialLimits | undefined {
    return trialLimits(this.headers)
  }
}

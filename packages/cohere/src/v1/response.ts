import { BaseCallResponse, type ResponseFields } from '@interlingua/core/adapter'
import { type TrialLimits, trialLimits } from '../trial-limits.ts'
import type { CohereV1Types } from './types.ts'
import type { CohereV1Search } from './search.ts'

const nothingFound: CohereV1Search = { searchQueries: [], searchResults: [], documents: [] }

/** Cohere's answer to a v1 chat. */
export class CohereV1CallResponse extends BaseCallResponse<CohereV1Types> implements CohereV1Search {
  declare readonly searchQueries: CohereV1Search['searchQueries']
  declare readonly searchResults: CohereV1Search['searchResults']
  declare readonly documents: CohereV1Search['documents']

  constructor(fields: ResponseFields<CohereV1Types>, search: CohereV1Search = nothingFound) {
    // A notice comes in the headers and in the answer alike.
    const warnings = fields.warnings.filter(
      ({ message }, index) => fields.warnings.findIndex((warning) => warning.message === message) === index,
    )
    super({ ...fields, warnings })
    Object.assign(this, search)
  }

  /** What is left of a trial key's calls; `undefined` with a production key. */
  get trialLimits(): TrialLimits | undefined {
    return trialLimits(this.headers)
  }
}

import type { CallConfig } from '@interlingua/core'

/** What a single Cohere call may be given beside its parameters. */
export interface CohereConfig extends CallConfig {}

import type { CallConfig } from '@interlingua/core'

/** What a single OpenAI call may be given beside its parameters. */
export interface OpenAIConfig extends CallConfig {}

import { BaseCallResponse } from '@interlingua/core'
import type { CohereTypes } from './types.ts'

/** Cohere's answer to a chat. */
export class CohereCallResponse extends BaseCallResponse<CohereTypes> {}

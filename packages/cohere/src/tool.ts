import { BaseTool } from '@interlingua/core'

/** A tool call of a Cohere stream. */
export class CohereTool extends BaseTool {}

import { BaseTool } from '@interlingua/core/adapter'

/** A tool call of a Cohere stream. */
export class CohereTool extends BaseTool {}

import { BaseTool } from '@interlingua/core/adapter'

/** A tool call of an OpenAI stream. */
export class OpenAITool extends BaseTool {}

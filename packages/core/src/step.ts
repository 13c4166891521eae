import type { BaseCallResponseChunk } from './chunk.ts'
import type { BaseTool } from './tool.ts'

/** What a stream gives one by one: a chunk, beside the tool call that it completed. */
export type Step<Chunk = BaseCallResponseChunk, Tool = BaseTool> = [chunk: Chunk, tool: Tool | undefined]

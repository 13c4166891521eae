import type { BaseCallResponse } from './response.ts'
import type { BaseCallResponseChunk } from './chunk.ts'
import type { BaseStream } from './stream.ts'
import type { BaseTool } from './tool.ts'
import type { CallConfig } from './config.ts'
import type { CallParams } from './params.ts'
import type { FinishReason } from './finish-reason.ts'
import type { Message } from './message.ts'

/**
 * The seven types in which providers differ, under one name. An adapter extends this once, and whatever is public takes
 * the bag: `Model<CohereTypes>`, `StreamOf<CohereTypes>`. `Model<ProviderTypes>` is a model of any provider.
 */
export interface ProviderTypes {
  Response: BaseCallResponse
  Chunk: BaseCallResponseChunk
  Message: Message
  Tool: BaseTool
  Config: CallConfig
  Params: CallParams
  FinishReason: FinishReason
}

/** The stream of a provider. An interface and not an alias, so that editors show its short name. */
export interface StreamOf<T extends ProviderTypes> extends BaseStream<
  T['Response'],
  T['Chunk'],
  T['Message'],
  T['Tool'],
  T['Config'],
  T['Params'],
  T['FinishReason']
> {}

/** What a single call takes beside the prompt: its configuration and the model's parameters, in one object. */
export type CallOptions<T extends ProviderTypes> = T['Config'] & T['Params']

/** The bag that seven separate types make up. */
export interface TypesOf<
  Response extends BaseCallResponse,
  Chunk extends BaseCallResponseChunk,
  Message_ extends Message,
  Tool extends BaseTool,
  Config extends CallConfig,
  Params extends CallParams,
  Reason extends FinishReason,
> extends ProviderTypes {
  Response: Response
  Chunk: Chunk
  Message: Message_
  Tool: Tool
  Config: Config
  Params: Params
  FinishReason: Reason
}

export { type ApiKeySource, bearerAuthorization } from './api-key.ts'
export type { Adapter, EncodedCall, ModelRequest } from './adapter.ts'
export { type Call, type CallDefinition, defineCall } from './call.ts'
export type { CallConfig } from './config.ts'
export { runConcurrently } from './concurrency.ts'
export type { ChunkReader } from './chunk-reader.ts'
export { BaseCallResponseChunk } from './chunk.ts'
export type { Citation, CitationSource } from './citation.ts'
export { type Cost, type CostItem, costOf, type Price } from './cost.ts'
export type { Delta } from './delta.ts'
export type { EmbeddingModel, EmbeddingResponse } from './embedding.ts'
export { type ErrorCode, type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
export type { FinishReason, UnifiedFinishReason } from './finish-reason.ts'
export { meaningOfStatus, type StatusMeaning } from './http-status.ts'
export { excerpt, isObject, parseObject } from './json.ts'
export type { TokenLogprobs } from './logprob.ts'
export { type ImageDataPart, type ImagePart, imageUrl, type ImageUrlPart } from './image.ts'
export type { JsonSchema } from './json-schema.ts'
export { checkJsonSchema, type SchemaIssue } from './json-schema-check.ts'
export type {
  AssistantMessage,
  DocumentPart,
  Message,
  SystemMessage,
  TextPart,
  ThinkingPart,
  ToolMessage,
  UserMessage,
} from './message.ts'
export { createModel, type Model } from './model.ts'
export type { OutputCheck } from './output-check.ts'
export type { CallParams } from './params.ts'
export { PartialJson, type PartialJsonError } from './partial-json.ts'
export type { Prompt, PromptContent } from './prompt.ts'
export { type PromptArguments, type PromptTemplate, promptTemplate } from './prompt-template.ts'
export type { RerankModel, RerankOptions, RerankResponse, RerankResult } from './reranking.ts'
export { BaseCallResponse, type ResponseFields, type SentRequest } from './response.ts'
export type { Framing, WireEvent } from './framing.ts'
export { BaseStream, type StreamSource } from './stream.ts'
export type { Timings } from './timings.ts'
export { BaseTool, type ToolCall, type ToolCallError, type ToolChoice, type ToolDefinition } from './tool.ts'
export { type OnUnsupported, type UnsupportedFeature, UnsupportedFeatures } from './unsupported.ts'
export type { CallOptions, ProviderTypes, StreamOf } from './types.ts'
export { type BillableUnits, sumUsage, type Usage } from './usage.ts'
export type { Warning } from './warning.ts'
export { type WithoutUndefined, withoutUndefined } from './without-undefined.ts'
export { type EncodedRequest, type ReceivedJson, requestJson, type RequestOptions } from './request.ts'
export { completeError, type DecodedFailure, type DecodedHeaders, type HttpFailure, type Service } from './service.ts'

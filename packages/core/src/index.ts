export { type ApiKeySource, bearerAuthorization, environmentVariable } from './api-key.ts'
export type { Adapter, EncodedCall, ModelRequest } from './adapter.ts'
export { type Call, type CallDefinition, defineCall } from './call.ts'
export type { CallConfig } from './config.ts'
export { runConcurrently } from './concurrency.ts'
export { AnswerChunk, type AnswerEvent } from './answer-chunk.ts'
export type { BackOff } from './back-off.ts'
export type { ChunkReader } from './chunk-reader.ts'
export { BaseCallResponseChunk } from './chunk.ts'
export type { Citation, CitationSource } from './citation.ts'
export { type Cost, type CostItem, costOf, type Price } from './cost.ts'
export type { Delta } from './delta.ts'
export type { EmbeddingModel, EmbeddingResponse } from './embedding.ts'
export {
  type ContextOf,
  defineTool,
  type Tool,
  type ToolFunction,
  type ToolInvocation,
  type ToolOptions,
} from './define-tool.ts'
export { type Continuation, setContinuation } from './continuation.ts'
export { type ErrorCode, type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
export { errorFromJson } from './error-json.ts'
export { type FailedAttempt, failedAttempts, type Spending } from './failed-attempt.ts'
export { fallback, type FallbackOptions } from './fallback.ts'
export type { FallbackTypes } from './fallback-types.ts'
export type { FinishReason, UnifiedFinishReason } from './finish-reason.ts'
export { type HandOff, HandOffChunk, type ModelName } from './hand-off.ts'
export { meaningOfStatus, type StatusMeaning } from './http-status.ts'
export { excerpt, isObject, parseObject } from './json.ts'
export type { TokenLogprobs } from './logprob.ts'
export { type ImageDataPart, type ImagePart, imageUrl, type ImageUrlPart } from './image.ts'
export type { JsonSchema } from './json-schema.ts'
export { checkJsonSchema, type SchemaIssue } from './json-schema-check.ts'
export { resolveReference } from './json-schema-reference.ts'
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
export { middleware } from './middleware.ts'
export type { CallEnd, MiddlewareHooks, MiddlewareRequest, RequestChange } from './middleware-hooks.ts'
export { createModel, type Model } from './model.ts'
export type { OutputCheck } from './output-check.ts'
export { type OutputMode, type NativeOutput, type OutputSupport } from './output-mode.ts'
export { type OutputOptions, structured, type StructuredModel } from './output-model.ts'
export { outputParser, type OutputParser } from './output-parser.ts'
export type { DeepPartial, PartialOf } from './output-partial.ts'
export { Partials } from './output-partials.ts'
export type { OutputReader, OutputState } from './output-reader.ts'
export type { OutputTypeOf, StructuredOutput, StructuredResponse, StructuredTypes } from './output-response.ts'
export type { OutputSchema, Transformed, TypeOf, ValueOf } from './output-schema.ts'
export { override } from './override.ts'
export type { CallParams } from './params.ts'
export { PartialJson, type PartialJsonError } from './partial-json.ts'
export type { Prompt, PromptContent } from './prompt.ts'
export { type PromptArguments, type PromptTemplate, promptTemplate } from './prompt-template.ts'
export type { RerankModel, RerankOptions, RerankResponse, RerankResult } from './reranking.ts'
export { BaseCallResponse, type ResponseFields, type SentRequest } from './response.ts'
export { retry, type RetryOptions } from './retry.ts'
export type { ProviderRetryPolicy, RetryEvent, RetryPolicy } from './retry-policy.ts'
export { readReliability, type Reliability, type ReliabilityOptions } from './reliability.ts'
export type { Limits } from './limits.ts'
export type { Deadline, Timeout } from './deadline.ts'
export type { Framing, WireEvent } from './framing.ts'
export { BaseStream, type StreamSource } from './stream.ts'
export type { Timings } from './timings.ts'
export { BaseTool, type ToolCall, type ToolCallError, type ToolChoice, type ToolDefinition } from './tool.ts'
export { type OnUnsupported, type UnsupportedFeature, UnsupportedFeatures } from './unsupported.ts'
export type { CallOptions, ProviderTypes, StreamOf } from './types.ts'
export type { StreamEnding } from './stream-ending.ts'
export { type BillableUnits, sumUsage, type Usage } from './usage.ts'
export type { Wait } from './wait.ts'
export type { Warning } from './warning.ts'
export { type WithoutUndefined, withoutUndefined } from './without-undefined.ts'
export type { RunArguments, RunEvent, RunOptions, RunResult, RunSoFar, RunStep, StopReason, TotalCost } from './run.ts'
export { RunStream } from './run-stream.ts'
export { runTool, type RunToolOptions } from './run-tool.ts'
export type { RunToolsOptions } from './tool-runner.ts'
export type { ToolFailure, ToolResult } from './tool-result.ts'
export { defineToolkit, type Toolkit, type ToolkitOptions } from './toolkit.ts'
export {
  jsonSchema,
  type OutputOf,
  readSchema,
  type Schema,
  type SchemaReader,
  type StandardIssue,
  type StandardResult,
  type StandardSchema,
  type Validated,
} from './schema.ts'
export { type EncodedRequest, type ReceivedJson, requestJson, type RequestOptions } from './request.ts'
export { completeError, type DecodedFailure, type DecodedHeaders, type HttpFailure, type Service } from './service.ts'

export { type ApiKeySource, bearerAuthorization, environmentVariable } from './api-key.ts'
export type { Adapter, EncodedCall, ModelRequest } from './adapter.ts'
export {
  type BaseCall,
  type Call,
  type CallDefinition,
  type CallOf,
  type CallSettings,
  type CallTypes,
  defineCall,
  type ExplainCall,
  type StructuredCall,
} from './call.ts'
export type { CallMetadata, CallOrigin, CallRecord } from './call-record.ts'
export type { CallConfig } from './config.ts'
export { runConcurrently } from './concurrency.ts'
export type { AudioPart } from './audio.ts'
export { AnswerChunk, type AnswerEvent } from './answer-chunk.ts'
export type { BackOff } from './back-off.ts'
export type { ChunkReader } from './chunk-reader.ts'
export { BaseCallResponseChunk } from './chunk.ts'
export type { Citation, CitationSource } from './citation.ts'
export { type Cost, type CostItem, costOf, type Price } from './cost.ts'
export type { Delta } from './delta.ts'
export type { DynamicConfig, PromptResult } from './dynamic-config.ts'
export { dynamicModel } from './dynamic-model.ts'
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
export { aboutBatch } from './batch-error.ts'
export { ask, checkFor, type Endpoint, requestJson, unexpected } from './endpoint.ts'
export { type ErrorCode, type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
export { errorFromJson } from './error-json.ts'
export type { ExplainOptions, Explanation } from './explanation.ts'
export { type FailedAttempt, failedAttempts, type Spending } from './failed-attempt.ts'
export { fallback, type FallbackOptions } from './fallback.ts'
export type { FallbackTypes } from './fallback-types.ts'
export type { FileDataPart, FileIdPart, FilePart, FileUrlPart } from './file.ts'
export { Fold } from './fold.ts'
export type { FinishReason, UnifiedFinishReason } from './finish-reason.ts'
export type { CarriedMessage, HistoryRules } from './history-rules.ts'
export { type HandOff, HandOffChunk, type ModelName } from './hand-off.ts'
export { meaningOfStatus, type StatusMeaning } from './http-status.ts'
export { excerpt, isObject, parseObject } from './json.ts'
export type { TokenAlternative, TokenLogprobs } from './logprob.ts'
export {
  base64,
  bytesOfBase64,
  dataUrl,
  type ImageDataPart,
  type ImagePart,
  imageUrl,
  type ImageUrlPart,
} from './image.ts'
export { describeChanges } from './json-schema-changes.ts'
export { reshapePattern } from './json-schema-pattern.ts'
export type { ReshapedSchema, SchemaChange, SchemaSubset } from './json-schema-subset.ts'
export { restoreValue } from './json-schema-value.ts'
export type { JsonSchema } from './json-schema.ts'
export type { SchemaIssue } from './json-schema-issue.ts'
export { resolveReference } from './json-schema-reference.ts'
export type {
  AssistantMessage,
  DocumentPart,
  Message,
  RefusalPart,
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
export type { Prompt, PromptContent, PromptFunction } from './prompt.ts'
export {
  type ComputedConfig,
  type DynamicTemplate,
  type PromptArguments,
  type PromptTemplate,
  promptTemplate,
} from './prompt-template.ts'
export type { RerankModel, RerankOptions, RerankResponse, RerankResult } from './reranking.ts'
export { invalidRequest, kindOf } from './invalid-request.ts'
export { checkImage } from './image-check.ts'
export { checkMessages } from './message-check.ts'
export { itemsIn, jsonTextIn, type Loose, numberIn, textIn } from './received.ts'
export { type ToolNameRule, ToolNames } from './tool-wire-name.ts'
export type { ProviderFields } from './provider-fields.ts'
export { BaseCallResponse, type ResponseFields, type SentRequest } from './response.ts'
export { retry, type RetryOptions } from './retry.ts'
export type { ProviderRetryPolicy, RetryEvent, RetryPolicy } from './retry-policy.ts'
export { readReliability, type Reliability, type ReliabilityOptions } from './reliability.ts'
export type { Limits } from './limits.ts'
export type { Deadline, Timeout } from './deadline.ts'
export type { Framing, WireEvent } from './framing.ts'
export { readDeltas } from './read-deltas.ts'
export type { SentError } from './sent-error.ts'
export { BaseStream, type StreamSource, type ToolsOptions } from './stream.ts'
export type { ResponseFormat, StreamResponseOptions } from './stream-response.ts'
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
export { readingOf, type ToolCallReading } from './tool-call-reading.ts'
export { runTool, type RunToolOptions } from './run-tool.ts'
export type { ContextualResponse, ContextualTypes, RunToolsArguments, ToolContext } from './tool-context.ts'
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
export type { EncodedRequest, RequestOptions } from './request.ts'
export type { ReceivedJson } from './request-json.ts'
export { completeError, type DecodedFailure, type DecodedHeaders, type HttpFailure, type Service } from './service.ts'

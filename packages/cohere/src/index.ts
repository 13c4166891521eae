export { CohereCallResponse } from './response.ts'
export { CohereCallResponseChunk } from './chunk.ts'
export type { CohereSdkClient } from './client.ts'
export type { CohereConfig } from './config.ts'
export type { CohereEmbed, CohereEmbeddingModel } from './embed/model.ts'
export type {
  CohereEmbeddingModelId,
  CohereEmbeddingType,
  CohereEmbeddingTypes,
  CohereEmbedInput,
  CohereEmbedOptions,
} from './embed/options.ts'
export type { CohereEmbeddingResponse, CohereEmbeddingsByType, CohereVectors } from './embed/response.ts'
export type { CohereEndpoints } from './endpoints.ts'
export type { CohereFinishReason } from './finish-reason.ts'
export type { CohereMessage } from './message.ts'
export type {
  CohereEndpointName,
  CohereFeature,
  CohereModelInfo,
  CohereSamplingDefaults,
  WireModel,
} from './model-info.ts'
export type {
  CohereListModelsOptions,
  CohereModelAnswer,
  CohereModelList,
  CohereModels,
  WireModelList,
} from './models.ts'
export type { CohereModelId } from './model-id.ts'
export type { CohereDocument, CohereParams, CohereResponseFormat, CohereThinking } from './params.ts'
export type { CohereOptions } from './connection.ts'
export { cohere, type CohereProvider, type CohereV2Options, createCohere } from './provider.ts'
export { coherePrices } from './price.ts'
export type { CohereRerankModel } from './rerank/model.ts'
export type { CohereRerankModelId, CohereRerankOptions, FieldOf } from './rerank/options.ts'
export type { CohereRerankResponse } from './rerank/response.ts'
export { CohereStream } from './stream.ts'
export type {
  CohereText,
  CohereTokenizeOptions,
  CohereTokens,
  WireDetokenizeRequest,
  WireDetokenizeResponse,
  WireTokenizeRequest,
  WireTokenizeResponse,
} from './tokenize.ts'
export { CohereTool } from './tool.ts'
export { type TrialLimits, trialLimits } from './trial-limits.ts'
export type { CohereTypes } from './types.ts'
export type * from './wire.ts'
export type * from './embed/wire.ts'
export type * from './rerank/wire.ts'
export type { WireMeta } from './meta.ts'
export { CohereV1CallResponse } from './v1/response.ts'
export { CohereV1CallResponseChunk } from './v1/chunk.ts'
export type { CohereV1FinishReason } from './v1/finish-reason.ts'
export type { CohereConnector, CohereV1Params } from './v1/params.ts'
export type { CohereV1Options, CohereV1Provider } from './v1/provider.ts'
export type { CohereV1Search } from './v1/search.ts'
export { CohereV1Stream } from './v1/stream.ts'
export type { CohereV1Types } from './v1/types.ts'
export type * from './v1/wire.ts'

export { cohereErrors, type CohereErrorName } from './cohere/error-scripts.ts'
export type { CohereOptions, CohereTrial } from './cohere/routes.ts'
export type { CohereScript } from './cohere/script.ts'
export type {
  Citation as CohereCitation,
  FinishReason as CohereFinishReason,
  Logprobs as CohereLogprobs,
  Source as CohereSource,
  Usage as CohereUsage,
} from './cohere/wire.ts'
export type { FaultScript, ScriptedFraming } from './fault.ts'
export type { JsonObject } from './json.ts'
export type { DialectName } from './openai/dialect.ts'
export { openaiErrors, type OpenAIErrorName } from './openai/error-scripts.ts'
export type { OpenAIRateLimit } from './openai/rate-limit.ts'
export type { OpenAIScript, ScriptedChoice, StreamError } from './openai/script.ts'
export type { OpenAIOptions } from './openai/service.ts'
export type { FinishReason as OpenAIFinishReason, Logprob as OpenAILogprob } from './openai/wire.ts'
export type { Clock, Pace } from './pace.ts'
export type { Ending, RequestRecord } from './request-record.ts'
export type { ScriptCondition } from './script-condition.ts'
export { loadScripts } from './script-files.ts'
export type {
  Chunking,
  Script,
  ScriptedCitation,
  ScriptedError,
  ScriptedToolCall,
  ScriptedUsage,
  ScriptFunction,
} from './script.ts'
export type { Listening, ListenOptions } from './server.ts'
export { createSimulator, type Simulator, type SimulatorOptions } from './simulator.ts'

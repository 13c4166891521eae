import {
  checkMessages,
  type ModelRequest,
  type OutputCheck,
  ToolNames,
  UnsupportedFeatures,
  type Warning,
  withoutUndefined,
} from '@interlingua/core'
import { encodeInput } from './message.ts'
import type { OpenAIResponsesParams } from './params.ts'
import type { InputItem } from './replay.ts'
import { strictSchema } from './strict.ts'
import { encodeText } from './text-format.ts'
import { encodeTools } from './tool.ts'
import type { OpenAIResponsesTypes } from './types.ts'
import type { WireIncludable, WireResponsesRequest } from './wire.ts'

/** A request whose input has items of answers in it, as they came. */
export type ResponsesBody = Omit<WireResponsesRequest, 'input'> & { readonly input: readonly InputItem[] }

/** A call as OpenAI's Responses API takes it. */
export interface EncodedResponses {
  readonly body: ResponsesBody
  readonly warnings: readonly Warning[]
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames: ReadonlyMap<string, string>
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

/** The server that a call is encoded for. */
export interface ResponsesServer {
  readonly provider: string
  readonly displayName: string
  /** Whether it is OpenAI's own, which refuses reasoning that it cannot use. */
  readonly isOpenAI: boolean
}

/** Letters, digits, underscores and dashes, 64 at most: https://platform.openai.com/docs/guides/function-calling. */
const toolNameRule = { plain: (name: string) => name.replaceAll(/[^\w-]/g, '_'), longest: 64 }

/** Encodes a call. What the caller left out is left to OpenAI's defaults. */
export function encodeResponses(
  { model, messages, config, params, stream }: ModelRequest<OpenAIResponsesTypes>,
  { provider, displayName, isOpenAI }: ResponsesServer,
): EncodedResponses {
  const unsupported = new UnsupportedFeatures(config.onUnsupported)
  checkMessages(messages)
  const {
    temperature,
    maxTokens,
    topP,
    topK,
    frequencyPenalty,
    presencePenalty,
    seed,
    stop,
    reasoning,
    verbosity,
    responseFormat,
    builtInTools,
    builtInToolChoice,
    strictTools,
    parallelToolCalls,
    maxToolCalls,
    logprobs,
    topLogprobs,
    instructions,
    previousResponseId,
    conversation,
    store,
    include,
    prompt,
    truncation,
    contextManagement,
    background,
    includeObfuscation,
    metadata,
    moderation,
    promptCacheKey,
    promptCacheOptions,
    promptCacheRetention,
    safetyIdentifier,
    user,
    serviceTier,
    accessPrograms,
    image,
    extraBody,
    ...unknown
  } = params
  tellUnknown({ topK, frequencyPenalty, presencePenalty, seed, stop, ...unknown }, unsupported)
  const toolNames = new ToolNames(toolNameRule, config.tools)
  const toolName = (name: string): string => toolNames.encode(name)
  const { tools, toolChoice } = config
  const offered = encodeTools({
    tools,
    toolChoice,
    builtInTools,
    builtInToolChoice,
    strictTools,
    unsupported,
    toolName,
  })
  const { text, output } = encodeText({ responseFormat, verbosity }, (schema, field) =>
    strictSchema(schema, field, unsupported),
  )
  const input = encodeInput(messages, {
    provider,
    displayName,
    isStrict: isOpenAI,
    unsupported,
    toolName,
    previousResponseId,
    isContinued: previousResponseId !== undefined || conversation !== undefined,
  })
  const body: ResponsesBody = withoutUndefined({
    model,
    input,
    instructions,
    stream,
    ...offered,
    temperature,
    max_output_tokens: maxTokens,
    top_p: topP,
    reasoning,
    text,
    parallel_tool_calls: parallelToolCalls,
    max_tool_calls: maxToolCalls,
    top_logprobs: topLogprobs,
    previous_response_id: previousResponseId,
    conversation: typeof conversation === 'object' ? { ...conversation } : conversation,
    store,
    include: includeOf({ include, store, reasoning, logprobs: logprobs ?? topLogprobs !== undefined }),
    prompt: prompt && { ...prompt },
    truncation,
    context_management: contextManagement && [...contextManagement],
    background: inBackground(background, stream, unsupported),
    stream_options:
      stream && includeObfuscation !== undefined ? { include_obfuscation: includeObfuscation } : undefined,
    metadata,
    moderation,
    prompt_cache_key: promptCacheKey,
    prompt_cache_options: promptCacheOptions,
    prompt_cache_retention: promptCacheRetention,
    safety_identifier: safetyIdentifier,
    user,
    service_tier: serviceTier,
    access_programs: accessPrograms,
    image,
    ...extraBody,
  })
  return withoutUndefined({ body, warnings: unsupported.warnings, toolNames: toolNames.byWireName, output })
}

/** Tells of parameters that the Responses API does not have: neutral ones, those of other providers, and misspelt ones. */
function tellUnknown(params: Readonly<Record<string, unknown>>, unsupported: UnsupportedFeatures): void {
  for (const [field, value] of Object.entries(params)) {
    if (value === undefined) continue
    const problem = 'the Responses API has no such parameter'
    unsupported.add({ field, problem, instead: 'it is left out' })
  }
}

/** What the caller wants told, and what another parameter needs. */
function includeOf({
  include,
  store,
  reasoning,
  logprobs,
}: Pick<OpenAIResponsesParams, 'include' | 'store' | 'reasoning' | 'logprobs'>): WireIncludable[] | undefined {
  const included = new Set(include)
  if (logprobs) included.add('message.output_text.logprobs')
  // Models that do not reason refuse it, so that only a caller who asks for reasoning gets it unasked.
  if (include === undefined && store === false && reasoning) included.add('reasoning.encrypted_content')
  return include === undefined && included.size === 0 ? undefined : [...included]
}

/** A call waits for its answer, and one in the background is not in the response to the request. */
function inBackground(
  background: boolean | undefined,
  stream: boolean,
  unsupported: UnsupportedFeatures,
): boolean | undefined {
  if (!background || stream) return background
  const problem = 'an answer in the background would have to be fetched later, which is not done here'
  unsupported.add({ field: 'background', problem, instead: 'the call waits for it' })
  return undefined
}

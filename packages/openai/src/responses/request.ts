import { type CallParams, type ModelRequest, withoutUndefined } from '@interlingua/core/adapter'
import { ToolNames, UnsupportedFeatures } from '@interlingua/core/encoding'
import type { EncodedBody } from '../api-call.ts'
import type { OpenAIDialect } from '../dialects/dialect.ts'
import { plainMessages } from '../message.ts'
import { toolNameRule } from '../tool-name-rule.ts'
import { tellUnknown } from '../unknown-params.ts'
import type { ResponsesBody } from './encode.ts'
import type { OpenAIResponsesParams } from './params.ts'
import type { InputItem } from './replay.ts'
import type { EncodedText } from './text.ts'
import type { OpenAIResponsesTypes } from './types.ts'
import type { WireIncludable, WireReasoningEffort } from './wire.ts'

/** The servers that refuse reasoning that they cannot use. */
const strict: ReadonlySet<string> = new Set(['openai', 'azure'])

/** The neutral parameters that the Responses API does not have. */
type LackedParams = Readonly<Pick<CallParams, 'topK' | 'frequencyPenalty' | 'presencePenalty' | 'seed' | 'stop'>>

/** Encodes any call. What the caller left out is left to OpenAI's defaults. */
export async function encodeRequest(
  { model, messages, config, params, stream }: ModelRequest<OpenAIResponsesTypes>,
  dialect: OpenAIDialect,
): Promise<EncodedBody<ResponsesBody>> {
  const unsupported = new UnsupportedFeatures(config.onUnsupported)
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
    reasoningEffort,
    verbosity,
    responseFormat,
    customTools,
    webSearch,
    builtInTools,
    builtInToolChoice,
    strictTools,
    parallelToolCalls,
    maxToolCalls,
    logprobs,
    topLogprobs,
    systemRole,
    instructions,
    previousResponseId,
    conversation,
    store,
    include,
    storedPrompt,
    truncation,
    contextManagement,
    background,
    obfuscation,
    requestMetadata,
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
  const others: LackedParams = { topK, frequencyPenalty, presencePenalty, seed, stop, ...unknown }
  tellUnknown({ ...others }, `${dialect.displayName}'s Responses API`, unsupported)
  const { tools, toolChoice } = config
  const toolNames = new ToolNames(toolNameRule, [...(tools ?? []), ...(customTools ?? [])])
  const shared = { dialect, toolNames, unsupported }
  const chosen = { tools, customTools, webSearch, builtInTools, toolChoice, builtInToolChoice, strict: strictTools }
  const isToCall = Object.values(chosen).some((value) => value !== undefined)
  const definitions = isToCall ? await import('./tool-definition.ts') : undefined
  const offered = await definitions?.encodeTools({ ...chosen, ...shared })
  const isContinued = previousResponseId !== undefined || conversation !== undefined
  const plain = systemRole === undefined && !isContinued ? plainMessages(messages) : undefined
  const turns: readonly InputItem[] =
    plain ??
    (await import('./conversation.ts')).encodeInput(messages, {
      ...shared,
      isStrict: strict.has(dialect.name),
      systemRole,
      previousResponseId,
      isContinued,
    })
  const hasForm = responseFormat !== undefined || verbosity !== undefined
  const { text, instruction, output }: EncodedText = hasForm
    ? (await import('./text.ts')).encodeText(
        { responseFormat, verbosity },
        { dialect, unsupported, input: turns, instructions },
      )
    : {}
  const effort = reasoningEffort as WireReasoningEffort | undefined
  const thinking = effort === undefined ? reasoning : { effort, ...reasoning }
  const body: ResponsesBody = withoutUndefined({
    model,
    input: instruction ? [instruction, ...turns] : turns,
    instructions,
    stream,
    ...offered,
    temperature,
    max_output_tokens: maxTokens,
    top_p: topP,
    reasoning: thinking,
    text,
    parallel_tool_calls: parallelToolCalls,
    max_tool_calls: maxToolCalls,
    top_logprobs: topLogprobs,
    previous_response_id: previousResponseId,
    conversation: typeof conversation === 'object' ? { ...conversation } : conversation,
    store,
    include: includeOf({ include, store, reasoning: thinking, logprobs: logprobs ?? topLogprobs !== undefined }),
    prompt: storedPrompt,
    truncation,
    context_management: contextManagement && [...contextManagement],
    background: inBackground(background, stream, unsupported),
    stream_options: stream && obfuscation !== undefined ? { include_obfuscation: obfuscation } : undefined,
    metadata: requestMetadata,
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

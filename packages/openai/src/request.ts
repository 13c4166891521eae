import { type ModelRequest, withoutUndefined } from '@interlingua/core/adapter'
import { ToolNames, UnsupportedFeatures } from '@interlingua/core/encoding'
import type { EncodedBody } from './api-call.ts'
import type { DialectField, OpenAIDialect } from './dialects/dialect.ts'
import { plainMessages } from './message.ts'
import type { OpenAIParams, OpenAIWebSearch } from './params.ts'
import type { EncodedFormat } from './response-format.ts'
import { toolNameRule } from './tool-name-rule.ts'
import type { OpenAITypes } from './types.ts'
import { tellUnknown } from './unknown-params.ts'
import type { WireRequest } from './wire.ts'

/** Encodes any call. What the caller left out is left to the server's defaults. */
export async function encodeRequest(
  request: ModelRequest<OpenAITypes>,
  dialect: OpenAIDialect,
): Promise<EncodedBody<WireRequest>> {
  const { model, messages, config, params, stream } = request
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
    n,
    logprobs,
    topLogprobs,
    logitBias,
    reasoningEffort,
    verbosity,
    responseFormat,
    strictTools,
    customTools,
    parallelToolCalls,
    modalities,
    audio,
    prediction,
    webSearch,
    serviceTier,
    store,
    requestMetadata,
    promptCacheKey,
    promptCacheRetention,
    promptCacheOptions,
    safetyIdentifier,
    user,
    moderation,
    systemRole,
    obfuscation,
    extraBody,
    ...unknown
  } = params
  // What is left when the known ones are taken out: the compiler sees to it that no known one is among them.
  const others: Readonly<Record<string, never>> = unknown
  tellUnknown(others, `${dialect.displayName}'s chat completions`, unsupported)
  const { tools, toolChoice } = config
  const toolNames = new ToolNames(toolNameRule, [...(tools ?? []), ...(customTools ?? [])])
  const plain = systemRole === undefined ? plainMessages(messages) : undefined
  const turns =
    plain ??
    (await import('./conversation.ts')).encodeMessages(messages, { dialect, toolNames, unsupported, systemRole })
  const format: EncodedFormat = responseFormat
    ? (await import('./response-format.ts')).encodeResponseFormat(responseFormat, turns, { dialect, unsupported })
    : { messages: turns }
  const definitions = tools || customTools || toolChoice ? await import('./tool-definition.ts') : undefined
  const choosing = { tools, customTools, toolChoice, strict: strictTools }
  const offered = await definitions?.encodeTools({ ...choosing, dialect, toolNames, unsupported })
  const body: WireRequest = withoutUndefined({
    model,
    messages: format.messages,
    stream,
    stream_options: stream ? streamOptions(dialect, obfuscation) : undefined,
    ...offered,
    parallel_tool_calls: parallelToolCalls,
    response_format: format.responseFormat,
    temperature,
    top_p: topP,
    top_k: topK,
    max_completion_tokens: maxTokens,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed,
    stop: stop && [...stop],
    n,
    logprobs,
    top_logprobs: topLogprobs,
    logit_bias: logitBias,
    reasoning_effort: reasoningEffort,
    verbosity,
    modalities: modalities && [...modalities],
    audio,
    prediction: prediction === undefined ? undefined : { type: 'content' as const, content: prediction },
    web_search_options: webSearch && encodeWebSearch(webSearch),
    service_tier: serviceTier,
    store,
    metadata: requestMetadata,
    prompt_cache_key: promptCacheKey,
    prompt_cache_retention: promptCacheRetention,
    prompt_cache_options: promptCacheOptions,
    safety_identifier: safetyIdentifier,
    user,
    moderation,
  })
  const { output } = format
  return {
    body: { ...inDialect(body, dialect, unsupported), ...extraBody },
    warnings: unsupported.warnings,
    toolNames: toolNames.byWireName,
    ...(output && { output }),
  }
}

function streamOptions(
  { asksForUsage = true }: OpenAIDialect,
  obfuscation: boolean | undefined,
): WireRequest['stream_options'] {
  if (!asksForUsage && obfuscation === undefined) return undefined
  return withoutUndefined({ include_usage: asksForUsage || undefined, include_obfuscation: obfuscation })
}

function encodeWebSearch({ searchContextSize, userLocation }: OpenAIWebSearch): Record<string, unknown> {
  return withoutUndefined({
    search_context_size: searchContextSize,
    user_location: userLocation && { type: 'approximate', approximate: withoutUndefined(userLocation) },
  })
}

/** The names of parameters for messages: what a caller wrote, by what is sent. */
const fieldNames: Readonly<Partial<Record<DialectField, keyof OpenAIParams | 'toolChoice'>>> = {
  max_completion_tokens: 'maxTokens',
  web_search_options: 'webSearch',
}

/** A body with the fields that a server has, by the names that it has for them. */
function inDialect(
  body: WireRequest,
  { displayName, fields = {} }: OpenAIDialect,
  unsupported: UnsupportedFeatures,
): WireRequest {
  const sent = new Map<string, unknown>(Object.entries(body))
  for (const [field, name] of Object.entries(fields) as [DialectField, string | false][]) {
    const value = sent.get(field)
    if (value === undefined) continue
    sent.delete(field)
    if (name !== false) sent.set(name, value)
    else {
      const own = fieldNames[field] ?? field.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      unsupported.add({ field: own, problem: `${displayName} has no such parameter`, instead: 'it is left out' })
    }
  }
  return Object.fromEntries(sent) as WireRequest & Record<string, unknown>
}

import { type ModelRequest, withoutUndefined } from '@interlingua/core/adapter'
import { ToolNames, UnsupportedFeatures } from '@interlingua/core/encoding'
import { encodeMessages } from './conversation.ts'
import type { CohereDocument } from './params.ts'
import type { EncodedChat } from './encode.ts'
import type { EncodedFormat } from './response-format.ts'
import { withinLimits } from './limits.ts'
import { checkRequest } from './request-check.ts'
import { encodeTools, toolNameRule } from './tool-definition.ts'
import type { CohereTypes } from './types.ts'
import { tellUnknown } from './unknown-params.ts'
import type { WireDocument, WireRequest } from './wire.ts'

/** Encodes any call. What the caller left out is left to Cohere's defaults. */
export async function encodeRequest(request: ModelRequest<CohereTypes>): Promise<EncodedChat> {
  const { model, messages, config, params, stream } = request
  const unsupported = new UnsupportedFeatures(config.onUnsupported)
  checkRequest({ ...config, ...params })
  const {
    temperature,
    maxTokens,
    topP,
    topK,
    frequencyPenalty,
    presencePenalty,
    seed,
    stop,
    thinking,
    safetyMode,
    logprobs,
    priority,
    documents,
    citationOptions,
    responseFormat,
    strictTools,
    extraBody,
    ...unknown
  } = withinLimits(params, unsupported)
  tellUnknown(unknown, 'v2', unsupported)
  const toolNames = new ToolNames(toolNameRule, config.tools)
  const tools = await encodeTools(
    { tools: config.tools, toolChoice: config.toolChoice, strict: strictTools },
    toolNames,
    unsupported,
  )
  const besides = tools.tools ? 'tools' : documents && documents.length > 0 ? 'documents' : undefined
  if (besides && safetyMode && safetyMode !== 'CONTEXTUAL') {
    const problem = `Cohere takes no heed of it together with ${besides}`
    unsupported.add({ field: 'safetyMode', problem, instead: 'the mode is CONTEXTUAL' })
  }
  const turns = encodeMessages(messages, toolNames, unsupported)
  const format: EncodedFormat = responseFormat
    ? (await import('./response-format.ts')).encodeResponseFormat(responseFormat, turns, unsupported, { besides })
    : { messages: turns }
  const body: WireRequest = withoutUndefined({
    model,
    messages: format.messages,
    stream,
    ...tools,
    documents: documents?.map(encodeDocument),
    citation_options: citationOptions,
    response_format: format.responseFormat,
    temperature,
    max_tokens: maxTokens,
    p: topP,
    k: topK,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed,
    stop_sequences: stop && [...stop],
    safety_mode: safetyMode,
    logprobs,
    priority,
    thinking: thinking && withoutUndefined({ type: thinking.type, token_budget: thinking.tokenBudget }),
    ...extraBody,
  })
  const { output } = format
  return {
    body,
    warnings: unsupported.warnings,
    toolNames: toolNames.byWireName,
    ...(output && { output }),
  }
}

/** A part of a message may be given too, whose `type` is no field of Cohere's documents. */
function encodeDocument(document: CohereDocument): string | WireDocument {
  if (typeof document === 'string') return document
  const { id, data } = document
  return withoutUndefined({ id, data })
}

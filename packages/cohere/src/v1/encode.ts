import { type ModelRequest, type OutputCheck, type Warning, withoutUndefined } from '@interlingua/core/adapter'
import { ToolNames, UnsupportedFeatures } from '@interlingua/core/encoding'
import { withinLimits } from '../limits.ts'
import { toolNameRule } from '../tool-definition.ts'
import { checkRequest } from '../request-check.ts'
import type { CohereResponseFormat } from '../params.ts'
import { tellUnknown } from '../unknown-params.ts'
import type { WireMessage } from '../wire.ts'
import { encodeDocuments } from './document.ts'
import { type Conversation, encodeConversation } from './message.ts'
import type { CohereConnector, CohereV1Params } from './params.ts'
import { encodeTools } from './tool.ts'
import type { CohereV1Types } from './types.ts'
import type { WireV1Connector, WireV1Request } from './wire.ts'

/** A call as Cohere's v1 chat takes it. */
export interface EncodedV1Chat {
  readonly body: WireV1Request
  readonly warnings: readonly Warning[]
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames: ReadonlyMap<string, string>
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

/** Encodes a call. What the caller left out is left to Cohere's defaults. */
export async function encodeChat(request: ModelRequest<CohereV1Types>): Promise<EncodedV1Chat> {
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
    documents,
    connectors,
    searchQueriesOnly,
    promptTruncation,
    citationQuality,
    conversationId,
    maxInputTokens,
    rawPrompting,
    forceSingleStep,
    responseFormat,
    safetyMode,
    extraBody,
    ...unknown
  } = withinLimits(params, unsupported)
  tellUnknown(unknown, 'v1', unsupported)
  const { tools, toolChoice } = config
  const toolNames = new ToolNames(toolNameRule, tools)
  const conversation = encodeConversation(messages, { toolNames, unsupported, forceSingleStep })
  const hasResults = conversation.tool_results !== undefined
  const offered = encodeTools({ tools, toolChoice, toolNames, unsupported, hasResults })
  const { format, preamble, output } = responseFormat
    ? await encodeFormat(conversation, { responseFormat, documents }, offered, unsupported)
    : { preamble: conversation.preamble }
  const body: WireV1Request = withoutUndefined({
    model,
    ...conversation,
    preamble,
    stream,
    ...offered,
    documents: documents && encodeDocuments(documents, unsupported),
    connectors: connectors?.map(encodeConnector),
    search_queries_only: searchQueriesOnly,
    prompt_truncation: promptTruncation,
    citation_quality: citationQuality,
    conversation_id: conversationId,
    response_format: format,
    temperature,
    max_tokens: maxTokens,
    max_input_tokens: maxInputTokens,
    p: topP,
    k: topK,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed,
    stop_sequences: stop && [...stop],
    raw_prompting: rawPrompting,
    force_single_step: forceSingleStep,
    safety_mode: safetyMode,
    ...extraBody,
  })
  return withoutUndefined({ body, warnings: unsupported.warnings, toolNames: toolNames.byWireName, output })
}

/** A response format as in v2, whose system message is the preamble here. */
async function encodeFormat(
  { message, preamble }: Conversation,
  {
    responseFormat,
    documents = [],
  }: Pick<CohereV1Params, 'documents'> & { readonly responseFormat: CohereResponseFormat },
  { tools }: Pick<WireV1Request, 'tools'>,
  unsupported: UnsupportedFeatures,
) {
  const system: WireMessage[] = preamble === undefined ? [] : [{ role: 'system', content: preamble }]
  const besides = tools ? 'tools' : documents.length > 0 ? 'documents' : undefined
  const { encodeResponseFormat } = await import('../response-format.ts')
  const encoded = encodeResponseFormat(responseFormat, [...system, { role: 'user', content: message }], unsupported, {
    besides,
  })
  const [first] = encoded.messages
  const { type, json_schema: schema } = encoded.responseFormat ?? {}
  return {
    format: type && withoutUndefined({ type, schema }),
    preamble: first?.role === 'system' && typeof first.content === 'string' ? first.content : preamble,
    output: encoded.output,
  }
}

function encodeConnector({ id, userAccessToken, continueOnFailure, options }: CohereConnector): WireV1Connector {
  return withoutUndefined({
    id,
    user_access_token: userAccessToken,
    continue_on_failure: continueOnFailure,
    options,
  })
}

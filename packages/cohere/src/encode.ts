import {
  type ModelRequest,
  type OutputCheck,
  UnsupportedFeatures,
  type Warning,
  withoutUndefined,
} from '@interlingua/core'
import { encodeMessages } from './message.ts'
import { encodeResponseFormat } from './response-format.ts'
import { withinLimits } from './limits.ts'
import { encodeTools } from './tool.ts'
import { ToolNames } from './tool-name.ts'
import type { CohereTypes } from './types.ts'
import type { WireRequest } from './wire.ts'

/** A call as Cohere's v2 chat takes it. */
export interface EncodedChat {
  readonly body: WireRequest
  readonly warnings: readonly Warning[]
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames: ReadonlyMap<string, string>
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

/** Encodes a call. What the caller left out is left to Cohere's defaults. */
export function encodeChat({ model, messages, config, params, stream }: ModelRequest<CohereTypes>): EncodedChat {
  const unsupported = new UnsupportedFeatures(config.onUnsupported)
  const toolNames = new ToolNames()
  const { thinking, documents, citationOptions, extraBody, ...rest } = withinLimits(params, unsupported)
  const tools = encodeTools(
    withoutUndefined({ tools: config.tools, toolChoice: config.toolChoice, strict: params.strictTools }),
    toolNames,
    unsupported,
  )
  const besides = tools.tools ? 'tools' : documents && documents.length > 0 ? 'documents' : undefined
  if (besides && rest.safetyMode && rest.safetyMode !== 'CONTEXTUAL') {
    const problem = `Cohere takes no heed of it together with ${besides}`
    unsupported.add({ field: 'safetyMode', problem, instead: 'the mode is CONTEXTUAL' })
  }
  const turns = encodeMessages(messages, toolNames, unsupported)
  const format = encodeResponseFormat(rest.responseFormat, turns, unsupported, { besides })
  const body: WireRequest = withoutUndefined({
    model,
    messages: format.messages,
    stream,
    ...tools,
    documents: documents && [...documents],
    citation_options: citationOptions,
    response_format: format.responseFormat,
    temperature: rest.temperature,
    max_tokens: rest.maxTokens,
    p: rest.topP,
    k: rest.topK,
    frequency_penalty: rest.frequencyPenalty,
    presence_penalty: rest.presencePenalty,
    seed: rest.seed,
    stop_sequences: rest.stop && [...rest.stop],
    safety_mode: rest.safetyMode,
    logprobs: rest.logprobs,
    priority: rest.priority,
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

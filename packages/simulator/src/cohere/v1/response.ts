import { isObject, parsedJson, type JsonObject } from '../../json.ts'
import { metaOf } from '../body.ts'
import { documentSources, resultSources } from '../sources.ts'
import type { Citation, FinishReason, Usage } from '../wire.ts'
import { repeatedHistory } from './history.ts'
import type { V1Request } from './request.ts'

/** What an answer has said, in the words of v1. */
export interface V1Said {
  text: string
  plan: string
  readonly citations: Citation[]
  readonly calls: { name: string; arguments: string }[]
}

/** Nothing said yet. */
export function nothingSaid(): V1Said {
  return { text: '', plan: '', citations: [], calls: [] }
}

/** The whole answer: the body of an unstreamed one, and what the last event of a stream has. */
export function v1Response(
  request: V1Request,
  said: V1Said,
  ending: { id: string; generationId: string; finishReason: FinishReason; usage: Usage; warnings: readonly string[] },
): JsonObject {
  const text = said.calls.length > 0 ? said.plan : said.text
  const calls = said.calls.map(v1Call)
  const { billed_units: billed, tokens, cached_tokens: cached } = ending.usage
  const citations = said.citations.map(v1Citation)
  const cited = new Set(citations.flatMap((citation) => citation.document_ids))
  const documents = v1Documents(request).filter(({ id }) => typeof id === 'string' && cited.has(id))
  return {
    response_id: ending.id,
    text,
    generation_id: ending.generationId,
    chat_history: repeatedHistory(request.json, text, calls),
    finish_reason: v1FinishReason(ending.finishReason),
    meta: {
      ...metaOf(1, ending.warnings, billed),
      ...(tokens && { tokens: { input_tokens: tokens.input_tokens, output_tokens: tokens.output_tokens } }),
      ...(cached !== undefined && { cached_tokens: cached }),
    },
    ...(citations.length > 0 && { citations }),
    ...(documents.length > 0 && { documents }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}

/** A citation in v1 names its sources. */
export function v1Citation({ start, end, text, sources }: Citation): {
  start: number
  end: number
  text: string
  document_ids: readonly string[]
} {
  return { start, end, text, document_ids: sources.map(({ id }) => id) }
}

/** A tool call in v1 has its arguments as an object; recorded: `null` where they are none. */
export function v1Call({ name, arguments: args }: { name: string; arguments: string }): JsonObject {
  const parameters = parsedJson(args)
  return { name, parameters: isObject(parameters) ? parameters : null }
}

/** The documents and results that the answer was made with, with the name of the tool that they are from. */
export function v1Documents({ chat }: V1Request): JsonObject[] {
  const documents = documentSources(chat.documents ?? []).map(({ document = {} }) => document)
  const results = resultSources(chat.messages).map(({ id, tool_output: output }): JsonObject =>
    Object.assign({ id }, output, { tool_name: id.split(':')[0] }),
  )
  return [...documents, ...results]
}

/** Recorded: v1 says `COMPLETE` for tool calls and stop sequences as well. */
export function v1FinishReason(reason: FinishReason): string {
  if (reason === 'MAX_TOKENS' || reason === 'ERROR') return reason
  return reason === 'TIMEOUT' ? 'ERROR' : 'COMPLETE'
}

import type { ModelRequest, OutputCheck, Warning } from '@interlingua/core/adapter'
import type { OpenAIDialect } from '../dialects/dialect.ts'
import type { PlainMessage } from '../message.ts'
import type { InputItem } from './replay.ts'
import type { OpenAIResponsesTypes } from './types.ts'
import type { WireResponsesRequest } from './wire.ts'

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

/** Encodes a call. What one takes that brings more than texts, which are `input`, is loaded by the first of them. */
export async function encodeResponses(
  request: ModelRequest<OpenAIResponsesTypes>,
  dialect: OpenAIDialect,
  input: PlainMessage[] | undefined,
): Promise<EncodedResponses> {
  if (!input) return (await import('./request.ts')).encodeRequest(request, dialect)
  const { model, stream } = request
  return { body: { model, input, stream }, warnings: [], toolNames: new Map() }
}

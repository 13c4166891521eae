import { late, type ModelRequest } from '@interlingua/core/adapter'
import type { EncodedBody } from '../api-call.ts'
import type { OpenAIDialect } from '../dialects/dialect.ts'
import type { PlainMessage } from '../message.ts'
import type { InputItem } from './replay.ts'
import type { OpenAIResponsesTypes } from './types.ts'
import type { WireResponsesRequest } from './wire.ts'

/** A request whose input has items of answers in it, as they came. */
export type ResponsesBody = Omit<WireResponsesRequest, 'input'> & { readonly input: readonly InputItem[] }

const loadRequest = late(() => import('./request.ts'))

/** Encodes a call. What one takes that brings more than texts, which are `input`, is loaded by the first of them. */
export async function encodeResponses(
  request: ModelRequest<OpenAIResponsesTypes>,
  dialect: OpenAIDialect,
  input: PlainMessage[] | undefined,
): Promise<EncodedBody<ResponsesBody>> {
  if (!input) return (await loadRequest()).encodeRequest(request, dialect)
  const { model, stream } = request
  return { body: { model, input, stream }, warnings: [], toolNames: new Map() }
}

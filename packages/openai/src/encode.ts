import { late, type ModelRequest } from '@interlingua/core/adapter'
import type { EncodedBody } from './api-call.ts'
import type { OpenAIDialect } from './dialects/dialect.ts'
import type { PlainMessage } from './message.ts'
import type { OpenAITypes } from './types.ts'
import type { WireRequest } from './wire.ts'

const loadRequest = late(() => import('./request.ts'))

/** Encodes a call. What one takes that brings more than texts, which are `turns`, is loaded by the first of them. */
export async function encodeChat(
  request: ModelRequest<OpenAITypes>,
  dialect: OpenAIDialect,
  turns: PlainMessage[] | undefined,
): Promise<EncodedBody<WireRequest>> {
  if (!turns) return (await loadRequest()).encodeRequest(request, dialect)
  const { model, stream } = request
  const usage = stream && dialect.asksForUsage !== false && { stream_options: { include_usage: true } }
  return { body: { model, messages: turns, stream, ...usage }, warnings: [], toolNames: new Map() }
}

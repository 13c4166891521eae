import { type EncodedCall, type ModelRequest, readingOf } from '@interlingua/core/adapter'
import { GrowingDecoder } from './answer-decoder.ts'
import type { Connection } from './connection.ts'
import { encodeChat } from './encode.ts'
import { PlainAnswer } from './plain-answer.ts'
import { OpenAICallResponse } from './response.ts'
import type { OpenAITypes } from './types.ts'

/** A call of chat completions: what is sent, and what reads the answer. */
export async function chatCall(
  request: ModelRequest<OpenAITypes>,
  connection: Connection,
): Promise<EncodedCall<OpenAITypes>> {
  const dialect = await connection.load()
  const { toolNames, ...encoded } = await encodeChat(request, dialect)
  const answer = new PlainAnswer(dialect)
  const decoder = new GrowingDecoder(answer, async () => {
    const { tools } = request.config
    const [{ ChatDecoder }, reading] = await Promise.all([import('./decode.ts'), readingOf({ tools })])
    const context = { dialect, toolNames, reading, audioFormat: request.params.audio?.format }
    return () => new ChatDecoder(context, answer)
  })
  // What is sure to take more is not waited for in the middle of the answer, or reads it from its beginning.
  if (toolNames.size > 0 || dialect.citesByNumber || dialect.takesBack) await decoder.grow()
  return {
    ...encoded,
    url: connection.url('/chat/completions'),
    headers: connection.headers(request.stream ? 'text/event-stream' : undefined),
    authorization: connection.authorization,
    decode: (event) => decoder.decode(event),
    awaited: () => answer.awaited(),
    decodeBody: (body) => decoder.decodeBody(body),
    createResponse: (fields) => {
      const { serviceTier, systemFingerprint } = answer
      return new OpenAICallResponse(fields, { others: decoder.whole?.others ?? [], serviceTier, systemFingerprint })
    },
  }
}

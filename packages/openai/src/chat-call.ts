import { type ModelRequest, readingOf } from '@interlingua/core/adapter'
import type { ApiCall } from './api-call.ts'
import type { ChatDecoder } from './decode.ts'
import type { OpenAIDialect } from './dialects/dialect.ts'
import { encodeChat } from './encode.ts'
import type { PlainMessage } from './message.ts'
import { PlainAnswer } from './plain-answer.ts'
import { OpenAICallResponse } from './response.ts'
import type { OpenAITypes } from './types.ts'

/** A call of chat completions. `turns` are those of one that brings texts and nothing else. */
export async function chatCall(
  request: ModelRequest<OpenAITypes>,
  dialect: OpenAIDialect,
  turns: PlainMessage[] | undefined,
): Promise<ApiCall<OpenAITypes, ChatDecoder>> {
  const { toolNames, ...encoded } = await encodeChat(request, dialect, turns)
  const answer = new PlainAnswer(dialect)
  return {
    ...encoded,
    path: '/chat/completions',
    plain: answer,
    loadWhole: async () => {
      const { tools } = request.config
      const [{ ChatDecoder: Decoder }, reading] = await Promise.all([import('./decode.ts'), readingOf({ tools })])
      const context = { dialect, toolNames, reading, audioFormat: request.params.audio?.format }
      return () => new Decoder(context, answer)
    },
    // Sources and fields that go back are put together from the first event on.
    takesWhole: toolNames.size > 0 || dialect.citesByNumber === true || dialect.takesBack !== undefined,
    awaited: () => answer.awaited(),
    createResponse: (fields, whole) => {
      const { serviceTier, systemFingerprint } = answer
      return new OpenAICallResponse(fields, { others: whole?.others ?? [], serviceTier, systemFingerprint })
    },
  }
}

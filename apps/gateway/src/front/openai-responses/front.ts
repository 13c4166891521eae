import type { ChatFront } from '../chat-front.ts'
import { encodeError } from '../openai-chat/error.ts'
import { withoutModel } from '../without-model.ts'
import { decodeRequest } from './decode-request.ts'
import { ResponsesEventEncoder } from './encode-event.ts'
import { encodeResponse } from './encode-response.ts'

/** OpenAI's Responses API. */
export const openaiResponses: ChatFront = {
  protocol: 'openai-responses',
  decodeRequest,
  // What the adapter would send as the input gives way to the caller's, also where that has none.
  passRequest: ({ body }) => ({ input: undefined, ...withoutModel(body) }),
  encodeResponse,
  createEventEncoder: (request, name) => new ResponsesEventEncoder(request, name),
  encodeError,
}

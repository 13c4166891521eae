import type { ChatFront } from '../chat-front.ts'
import { withoutModel } from '../without-model.ts'
import { decodeRequest } from './decode-request.ts'
import { CohereEventEncoder } from './encode-event.ts'
import { encodeResponse } from './encode-response.ts'
import { encodeError } from './error.ts'

/** Cohere's chat, v2. */
export const cohereChat: ChatFront = {
  protocol: 'cohere-chat',
  decodeRequest,
  passRequest: ({ body }) => withoutModel(body),
  encodeResponse,
  createEventEncoder: (request, name) => new CohereEventEncoder(request, name),
  encodeError,
}

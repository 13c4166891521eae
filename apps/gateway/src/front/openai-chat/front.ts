import { isJsonObject } from '../../json-object.ts'
import type { ChatFront } from '../chat-front.ts'
import { withoutModel } from '../without-model.ts'
import { decodeRequest } from './decode-request.ts'
import { ChatEventEncoder } from './encode-event.ts'
import { encodeResponse } from './encode-response.ts'
import { encodeError } from './error.ts'

/** OpenAI's chat completions. */
export const openaiChat: ChatFront = {
  protocol: 'openai-chat',
  decodeRequest,
  passRequest: ({ body, stream }) => {
    const options = isJsonObject(body['stream_options']) ? body['stream_options'] : {}
    // The usage is counted in any case.
    return { ...withoutModel(body), ...(stream && { stream_options: { ...options, include_usage: true } }) }
  },
  encodeResponse,
  createEventEncoder: (request, name) => new ChatEventEncoder(request, name),
  encodeError,
}

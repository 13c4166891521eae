import type { EncodedCall, ModelRequest } from '@interlingua/core'
import { decodeBody, decodeEvent } from './decode.ts'
import { encodeChat } from './encode.ts'
import { Reading } from './reading.ts'
import { CohereV1CallResponse } from './response.ts'
import type { CohereV1Types } from './types.ts'

/** What a v1 call sends, and how its answer is read. */
export async function chat(
  request: ModelRequest<CohereV1Types>,
): Promise<Omit<EncodedCall<CohereV1Types>, 'url' | 'headers'>> {
  const { toolNames, ...encoded } = await encodeChat(request)
  const reading = new Reading(encoded.body)
  return {
    ...encoded,
    decode: (event) => decodeEvent(event, { reading, toolNames }),
    decodeBody: (body) => decodeBody(body, { reading, toolNames }),
    createResponse: (fields) => new CohereV1CallResponse(fields, reading.search),
  }
}

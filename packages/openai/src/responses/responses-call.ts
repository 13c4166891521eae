import type { EncodedCall, ModelRequest } from '@interlingua/core/adapter'
import { GrowingDecoder } from '../answer-decoder.ts'
import type { Connection } from '../connection.ts'
import { encodeResponses } from './encode.ts'
import { PlainResponse } from './plain-response.ts'
import { OpenAIResponsesCallResponse } from './response.ts'
import { Told } from './told.ts'
import type { OpenAIResponsesTypes } from './types.ts'

/** A call of the Responses API: what is sent, and what reads the answer. */
export async function responsesCall(
  request: ModelRequest<OpenAIResponsesTypes>,
  connection: Connection,
): Promise<EncodedCall<OpenAIResponsesTypes>> {
  const dialect = await connection.load()
  const { toolNames, ...encoded } = await encodeResponses(request, dialect)
  const { name: provider } = dialect
  const told = new Told(provider)
  const decoder = new GrowingDecoder(new PlainResponse(told), async () => {
    const { ResponsesDecoder } = await import('./decode.ts')
    return () => new ResponsesDecoder({ provider, toolNames }, told)
  })
  // What is sure to take more is not waited for in the middle of the answer.
  if (toolNames.size > 0) await decoder.grow()
  return {
    ...encoded,
    url: connection.url('/responses'),
    headers: connection.headers(request.stream ? 'text/event-stream' : undefined),
    authorization: connection.authorization,
    decode: (event) => decoder.decode(event),
    decodeBody: (body) => decoder.decodeBody(body),
    createResponse: (fields) => new OpenAIResponsesCallResponse(fields, told.serviceTier),
  }
}

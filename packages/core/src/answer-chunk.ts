import { BaseCallResponseChunk } from './chunk.ts'
import type { Delta } from './delta.ts'
import type { AssistantMessage } from './message.ts'
import type { BaseCallResponse } from './response.ts'

/** What the event of an answer is that came from no provider. */
export interface AnswerEvent {
  readonly type: 'answer'
  readonly response: BaseCallResponse
}

/** A whole answer that did not come from a provider, for example from a middleware, as a single chunk. */
export class AnswerChunk extends BaseCallResponseChunk<AnswerEvent> {
  constructor(response: BaseCallResponse) {
    super({ type: 'answer', response }, deltasOf(response))
  }
}

function deltasOf({ id, model, message, logprobs, usage, finishReason }: BaseCallResponse): Delta[] {
  const { content, plan, toolCalls = [], citations = [], providerFields } = message
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  return [
    { type: 'start', model, ...(id !== undefined && { id }) },
    ...(plan === undefined ? [] : [{ type: 'plan' as const, text: plan }]),
    ...parts.map(deltaOf),
    ...citations.map((citation): Delta => ({ type: 'citation', citation })),
    ...toolCalls.flatMap(({ id: callId, name, raw, format, providerFields: fields }, index): Delta[] => [
      {
        type: 'tool-call-start',
        index,
        id: callId,
        name,
        ...(format && { format }),
        ...(fields && { providerFields: fields }),
      },
      { type: 'tool-call-delta', index, text: raw },
      { type: 'tool-call-end', index },
    ]),
    ...(providerFields ? [{ type: 'message' as const, providerFields }] : []),
    ...logprobs.map((each): Delta => ({ type: 'logprobs', logprobs: each })),
    { type: 'usage', usage },
    { type: 'finish', reason: finishReason },
  ]
}

function deltaOf(part: Exclude<AssistantMessage['content'], string>[number], index: number): Delta {
  if (part.type !== 'audio') return { ...part, index }
  const { transcript = '', ...audio } = part
  return { ...audio, index, text: transcript }
}

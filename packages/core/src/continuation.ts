import { withOriginOf } from './call-record.ts'
import { InterlinguaError } from './error.ts'
import type { Model } from './model.ts'
import type { PromptContent } from './prompt.ts'
import type { BaseCallResponse } from './response.ts'
import type { CallOptions, ProviderTypes } from './types.ts'

/** What a response needs to be resumed: the model that is asked next, and the options of the call that it answers. */
export interface Continuation<T extends ProviderTypes = ProviderTypes> {
  readonly model: Model<T>
  readonly options: CallOptions<T>
}

// Beside the responses and not in them, so that a printed or copied response is what was answered and nothing else.
const continuations = new WeakMap<BaseCallResponse, Continuation>()

/**
 * Says with which model and options a response is resumed. A model that wraps another one says so of the responses that it
 * gives, so that what is asked next goes through it too.
 */
export function setContinuation<T extends ProviderTypes>(response: T['Response'], continuation: Continuation<T>): void {
  continuations.set(response, continuation)
}

/** How a response is resumed. Throws an error of code `invalid_request` where that is not known. */
export function continuationOf<T extends ProviderTypes>(response: BaseCallResponse<T>): Continuation<T> {
  const continuation = continuations.get(response)
  if (continuation) return continuation as Continuation<T>
  const message = 'the response does not know which model gave it: it is a copy, or was made by hand.'
  throw new InterlinguaError({ code: 'invalid_request', message })
}

/** The conversation with an answer and what comes after it. Throws an error where a tool call is left without a result. */
export function conversationAfter<T extends ProviderTypes>(
  { messages, message }: BaseCallResponse<T>,
  content: PromptContent<T>,
): readonly T['Message'][] {
  const added: readonly T['Message'][] = typeof content === 'string' ? [{ role: 'user', content }] : content
  const answered = new Set(added.map((each) => (each.role === 'tool' ? each.toolCallId : undefined)))
  const open = message.toolCalls?.filter(({ id }) => !answered.has(id)) ?? []
  if (open.length > 0) {
    const names = open.map(({ name, id }) => `${name} (${id})`).join(', ')
    const advice = 'Give them first: `response.resume([...(await response.runTools()), …])`.'
    throw new InterlinguaError({
      code: 'invalid_request',
      message: `there are no results of ${names}. ${advice}`,
      field: 'messages',
    })
  }
  return withOriginOf(messages, [...messages, message, ...added])
}

/**
 * The options of the call after one that called tools. A model that had to call a tool has done so: were it to do so again
 * each time, it could never answer.
 */
export function optionsAfter<T extends ProviderTypes>(options: CallOptions<T>): CallOptions<T> {
  const { toolChoice, ...rest } = options
  return toolChoice === 'required' || typeof toolChoice === 'object' ? rest : options
}

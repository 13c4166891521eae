import type { PromptResult } from './dynamic-config.ts'
import { InterlinguaError } from './error.ts'
import type { ProviderTypes } from './types.ts'

/** What a model is asked: a text, which becomes one user message, or a conversation. */
export type PromptContent<T extends ProviderTypes = ProviderTypes> = string | readonly T['Message'][]

/** Makes what a model is asked when the request is sent. May be async. */
export type PromptFunction<T extends ProviderTypes = ProviderTypes> = () =>
  | PromptResult<T>
  | PromiseLike<PromptResult<T>>

/** What a model is asked, or a function that makes it when the request is sent. */
export type Prompt<T extends ProviderTypes = ProviderTypes> = PromptContent<T> | PromptFunction<T>

/** The conversation that a prompt stands for. Throws an error of code `invalid_request` where it is empty. */
export async function messagesOf<T extends ProviderTypes>(prompt: Prompt<T>): Promise<readonly T['Message'][]> {
  const content =
    typeof prompt === 'function' ? (await (await import('./dynamic-config.ts')).resultOf(prompt)).content : prompt
  if (Array.isArray(content)) {
    if (content.length > 0) return content
  } else if (typeof content !== 'string') {
    const message = `a prompt is a text, a list of messages, or a function that makes one of them, and this is ${content === null ? 'null' : `of type ${typeof content}`}.`
    throw new InterlinguaError({ code: 'invalid_request', message })
  } else if (content.trim() !== '') {
    return [{ role: 'user', content }]
  }
  const message = 'the prompt is empty. Give a text, or at least one message.'
  throw new InterlinguaError({ code: 'invalid_request', message })
}

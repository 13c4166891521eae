import { originOf, setOrigin } from './call-record.ts'
import { Cancellation } from './cancellation.ts'
import { readPromptResult } from './dynamic-config.ts'
import type { Model } from './model.ts'
import type { Prompt, PromptContent, PromptFunction } from './prompt.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import { withoutUndefined } from './without-undefined.ts'

/** What is asked of which model, and how. */
export interface ResolvedPrompt<T extends ProviderTypes = ProviderTypes> {
  readonly model: Model<T>
  /** A conversation; a function only where there is none, which throws what stood in the way. */
  readonly prompt: Prompt<T>
  readonly options: CallOptions<T>
}

/**
 * Runs the function of a prompt, once, and takes in what it says of the call. Never fails: whoever sends the prompt says
 * what is wrong with it, so that it is told as every failure of a call is.
 */
export function resolvePrompt<T extends ProviderTypes>(
  model: Model<T>,
  prompt: Prompt<T>,
  options?: CallOptions<T>,
  cancellation?: Cancellation,
): Promise<ResolvedPrompt<T>>
export async function resolvePrompt(
  model: Model,
  prompt: Prompt,
  options: CallOptions<ProviderTypes> = {},
  cancellation?: Cancellation,
): Promise<ResolvedPrompt> {
  if (typeof prompt !== 'function') return { model, prompt, options }
  const own = new Cancellation(options.signal)
  const following = cancellation ?? own
  try {
    following.signal.throwIfAborted()
    const { content, config } = readPromptResult(await following.race(evaluated(prompt), () => {}))
    const { messages, computedFields, model: other = model, headers, ...changes } = config ?? { messages: content }
    const origin = {
      ...originOf(prompt),
      ...originOf(messages),
      ...(config && { dynamicConfig: config }),
      ...(computedFields && { computedFields }),
    }
    const merged = {
      ...options,
      ...withoutUndefined(changes),
      ...(headers && { headers: { ...options.headers, ...headers } }),
    }
    return { model: other, prompt: setOrigin(conversationOf(content), origin), options: merged }
  } catch (cause) {
    return { model, prompt: () => Promise.reject(cause), options }
  } finally {
    own.release()
  }
}

async function evaluated(prompt: PromptFunction): Promise<unknown> {
  return prompt()
}

/** A list of its own for each call, since it stands for where it came from. A blank text stays blank, and is refused. */
function conversationOf(content: PromptContent): ProviderTypes['Message'][] {
  if (typeof content !== 'string') return [...content]
  return content.trim() === '' ? [] : [{ role: 'user', content }]
}

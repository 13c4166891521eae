import type { DynamicConfig } from './dynamic-config.ts'
import type { ProviderTypes } from './types.ts'

/** What a caller says of a call for its own use. None of it is sent to the provider. */
export interface CallMetadata {
  /** Words to find the call by, for example in a trace. */
  readonly tags?: readonly string[]
  readonly [name: string]: unknown
}

/** Where a conversation came from, as far as that is known. */
export interface CallOrigin<T extends ProviderTypes = ProviderTypes> {
  /** The text of the prompt template, as it was written. */
  readonly template?: string
  /** What the call of `defineCall` was given. */
  readonly args?: readonly unknown[]
  /** What the prompt function gave, where that was more than a conversation. */
  readonly dynamicConfig?: DynamicConfig<T>
  /** What was worked out to fill in the prompt. */
  readonly computedFields?: Readonly<Record<string, unknown>>
}

/** How a call came about: what its prompt was made of, and what it was asked with. */
export interface CallRecord<T extends ProviderTypes = ProviderTypes> extends CallOrigin<T> {
  readonly metadata: CallMetadata
  /** What the call was given beside its parameters. */
  readonly config: T['Config']
  /** The parameters that the call was given. */
  readonly params: T['Params']
}

// Beside the prompts and the responses and not in them, so that a printed or copied response is what was answered, and a
// message is sent as it is.
const origins = new WeakMap<object, CallOrigin>()
const records = new WeakMap<object, CallRecord>()

/** Says where a conversation, or the function that makes it, comes from. */
export function setOrigin<Prompt extends object>(prompt: Prompt, origin: CallOrigin): Prompt {
  origins.set(prompt, origin)
  return prompt
}

/** Where a conversation, or the function that makes it, comes from. Empty where that is not known. */
export function originOf<T extends ProviderTypes>(prompt: unknown): CallOrigin<T>
export function originOf(prompt: unknown): CallOrigin {
  return (typeof prompt === 'object' || typeof prompt === 'function') && prompt ? (origins.get(prompt) ?? {}) : {}
}

/** A conversation that was made of another one comes from where that one came from. */
export function withOriginOf<Prompt>(source: unknown, prompt: Prompt): Prompt {
  const origin = originOf(source)
  if (
    (typeof prompt === 'object' || typeof prompt === 'function') &&
    prompt &&
    prompt !== source &&
    Object.keys(origin).length > 0
  ) {
    setOrigin(prompt, { ...origin, ...originOf(prompt) })
  }
  return prompt
}

/** The record of a call that sends a conversation. */
export function callRecord<T extends ProviderTypes>(
  origin: CallOrigin<T>,
  config: T['Config'],
  params: T['Params'],
): CallRecord<T> {
  return { ...origin, metadata: config.metadata ?? {}, config, params }
}

/** Notes how a response came about. */
export function setCallRecord(response: object, record: CallRecord): void {
  records.set(response, record)
}

/** How a response came about; of one that was made by hand, as much as its conversation tells. */
export function callRecordOf<T extends ProviderTypes>(response: {
  readonly messages: readonly unknown[]
}): CallRecord<T>
export function callRecordOf(response: { readonly messages: readonly unknown[] }): CallRecord {
  return records.get(response) ?? callRecord(originOf(response.messages), {}, {})
}

/** Notes of a copy of a response how the response came about. */
export function carryCallRecord(response: object, copy: object): void {
  const record = records.get(response)
  if (record) records.set(copy, record)
}

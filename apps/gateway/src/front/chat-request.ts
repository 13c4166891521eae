import type { CallOptions, Message, ProviderTypes, Warning } from '@interlingua/core'
import type { JsonObject } from '../json-object.ts'
import type { Protocol } from './protocol.ts'

/**
 * Options of a call by the names that they have in Interlingua, whichever provider they are of. The adapter that is asked knows
 * its own ones, and tells of the others in its warnings.
 */
export type NeutralOptions = CallOptions<ProviderTypes> & Readonly<Record<string, unknown>>

/** A caller's chat, in neutral words. */
export interface ChatRequest {
  readonly protocol: Protocol
  /** The model as the caller named it. */
  readonly model: string
  readonly stream: boolean
  readonly messages: readonly Message[]
  readonly options: NeutralOptions
  /** The fields that have no neutral word. A provider that speaks the protocol gets them; for all others they are told. */
  readonly unknown: JsonObject
  /** What could not be put in neutral words. */
  readonly warnings: readonly Warning[]
  /**
   * Whether something in the conversation was said by another provider than the protocol's own. Then it is translated in any case:
   * the provider would refuse what it has not said itself.
   */
  readonly isMixed: boolean
  /** The request as it came. */
  readonly body: JsonObject
  /** The caller's name of an option: the answer speaks of fields as the caller wrote them. */
  readonly callersName: (option: string) => string
}

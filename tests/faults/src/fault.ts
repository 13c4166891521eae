import type { ConnectionSettings, ProviderUnderTest } from '@interlingua/conformance'
import {
  type CallOptions,
  type ErrorCode,
  type InterlinguaError,
  isInterlinguaError,
  type Model,
  type ProviderTypes,
} from '@interlingua/core'
import type { Script, Simulator } from '@interlingua/simulator'

/** What a fault is about. */
type Category =
  | 'connection and status'
  | 'cuts and stalls'
  | 'framing'
  | 'protocol'
  | 'deadlines and abort'
  | 'retry policy'
  | 'resources'
  | 'security'

/** What came of it: `undefined` where it is as it has to be, or what is wrong in words. */
export type Problem = string | undefined

/** What a fault is played with. */
export interface Stage {
  readonly provider: ProviderUnderTest
  readonly simulator: Simulator
  /** A model that asks the simulator over a socket. */
  readonly model: Model
  /** Makes another one. */
  readonly createModel: (settings: Partial<ConnectionSettings>) => Model
  readonly url: string
}

/** Something that goes wrong, and what a caller has to see of it. */
export interface Fault {
  readonly category: Category
  readonly name: string
  /** Whether it is about server-sent events, which streams of lines have none of. */
  readonly eventsOnly?: boolean
  /** How the server answers, request by request; the last one answers all further ones. */
  readonly scripts: (wire: Wire) => Script | readonly Script[]
  readonly settings?: Partial<ConnectionSettings>
  readonly options?: CallOptions<ProviderTypes>
  /** How it is asked. Default: a stream that is read to its end. */
  readonly ask?: 'stream' | 'call'
  /** The text of an answer that is to be had in spite of the fault. */
  readonly text?: string
  /** The codes of the error that it has to be otherwise. */
  readonly codes?: readonly ErrorCode[]
  /** How many requests it takes. Default 1. */
  readonly requests?: number | 'any'
  /** What else has to be true of the error. */
  readonly error?: (error: InterlinguaError) => Problem
  /** Plays something else than one question and its answer. */
  readonly play?: (stage: Stage) => Promise<Problem>
}

/** The streams of a target, as bytes on its wire. */
export interface Wire {
  readonly provider: ProviderUnderTest
  /** The usual answer, which says `text`. */
  readonly good: Uint8Array
  readonly type: string
  /** A script that answers with these bytes as a stream. */
  readonly stream: (body: Uint8Array | string) => Script
  /** The stream of a text. */
  readonly text: (pieces: Iterable<string>) => Uint8Array
  readonly tools: (...args: readonly (readonly string[])[]) => Uint8Array
  /** Where the middle of the answer is: inside of an event and of a character. */
  readonly middle: number
  /** Where the event begins that ends the answer. */
  readonly end: number
}

/** The error of a stream that has to fail. Throws where it does not, or with an error of another kind. */
export async function failureOf(model: Model): Promise<InterlinguaError> {
  const outcome: unknown = await model
    .stream('Hi')
    .response()
    .catch((error: unknown) => error)
  if (isInterlinguaError(outcome)) return outcome
  throw new Error('it ended well, or with an error of another kind')
}

import { late, type ModelRequest, type OutputCheck, type Warning } from '@interlingua/core/adapter'
import { plainMessages } from './message.ts'
import type { CohereTypes } from './types.ts'
import type { WireRequest } from './wire.ts'

/** A call as Cohere's v2 chat takes it. */
export interface EncodedChat {
  readonly body: WireRequest
  readonly warnings: readonly Warning[]
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames: ReadonlyMap<string, string>
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

const loadRequest = late(() => import('./request.ts'))

/**
 * Encodes a call. One that brings texts and nothing else needs no translation, and no more code than this; what any other
 * one needs is loaded by the first of them.
 */
export async function encodeChat(request: ModelRequest<CohereTypes>): Promise<EncodedChat> {
  const { model, messages, config, params, stream } = request
  const { tools, toolChoice } = config
  const plain = Object.values({ ...params, tools, toolChoice }).every((value) => value === undefined)
  const turns = plain ? plainMessages(messages) : undefined
  if (turns) return { body: { model, messages: turns, stream }, warnings: [], toolNames: new Map() }
  const { encodeRequest } = await loadRequest()
  return encodeRequest(request)
}

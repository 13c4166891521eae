import {
  type BaseCallResponse,
  type Delta,
  isInterlinguaError,
  type InterlinguaError,
  type ProviderTypes,
  type StreamOf,
} from '@interlingua/core'

/** What must be the same however an answer came: as plain data. */
export interface Essence {
  readonly id: string | undefined
  readonly content: string
  readonly thinking: string
  readonly plan: string | undefined
  readonly refusal: string
  readonly message: unknown
  readonly toolCalls: readonly unknown[]
  readonly citations: readonly unknown[]
  readonly finishReason: unknown
  readonly usage: unknown
  readonly cost: unknown
  readonly warnings: readonly string[]
}

/** One stream, read to its end. */
export interface Reading {
  /** Every wire event that was shown, once. */
  readonly events: readonly unknown[]
  readonly deltas: readonly Delta[]
  readonly essence: Essence
  /** What it threw, where it did not end well. */
  readonly error: InterlinguaError | undefined
}

/** Reads a stream in its plainest view. What is thrown and is no InterlinguaError goes on. */
export async function read(stream: StreamOf<ProviderTypes>): Promise<Reading> {
  const events: unknown[] = []
  const deltas: Delta[] = []
  let last: unknown
  let error: InterlinguaError | undefined
  try {
    for await (const [chunk] of stream) {
      // An event that completes several tool calls is shown once for each of them.
      if (chunk.event !== last) {
        events.push(chunk.event)
        deltas.push(...chunk.deltas)
      }
      last = chunk.event
    }
  } catch (thrown) {
    if (!isInterlinguaError(thrown)) throw thrown
    error = thrown
  }
  return {
    events,
    deltas,
    essence: essenceOf(error ? (error.partial ?? stream.partial) : await stream.response()),
    error,
  }
}

export function essenceOf(response: BaseCallResponse): Essence {
  const { id, content, thinking, refusal, message, toolCalls, citations, finishReason, usage, cost, warnings } =
    response
  return plain({
    id,
    content,
    thinking,
    plan: message.plan,
    refusal,
    message,
    toolCalls,
    citations,
    finishReason,
    usage,
    cost,
    // Their words may tell how the answer came.
    warnings: warnings.map(({ code }) => code),
  })
}

/** Without prototypes, and without fields that are `undefined`. */
function plain(essence: Essence): Essence {
  return JSON.parse(JSON.stringify(essence)) as Essence
}

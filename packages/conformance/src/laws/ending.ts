import { isInterlinguaError, type ProviderTypes, type StreamOf } from '@interlingua/core'
import { streamOver } from '../ask.ts'
import { expectEqual, expectTrue } from '../expectation.ts'
import type { Law } from '../law.ts'
import { perScenario } from '../per-scenario.ts'
import { type Essence, read } from '../reading.ts'
import { bytesOf } from '../scripted-stream.ts'
import { cutsOf } from '../split.ts'

export const endsOnce: Law = perScenario(
  'ends-once',
  'A stream ends once, and says the same of it however often it is asked.',
  {
    check: async (provider, scenario) => {
      const stream = streamOver(provider, [bytesOf(provider, scenario)], scenario)
      const iterator = stream[Symbol.asyncIterator]()
      const error = await drain(iterator)
      expectEqual(await iterator.next(), { done: true, value: undefined }, 'a step after the end')
      expectEqual(await drain(iterator), undefined, 'the end is told again')
      const first = await outcomeOf(stream)
      expectTrue(first === (await outcomeOf(stream)), 'response() gives another object each time')
      if (error !== undefined) expectTrue(first === error, 'the loop and response() throw different errors')
      else expectTrue(stream.partial === first, 'after the end, `partial` is not the response')
      const again = await caught(() => stream[Symbol.asyncIterator]().next())
      expectTrue(isInterlinguaError(again) && again.code === 'stream_consumed', 'a second reading is no error')
      return undefined
    },
  },
)

export const truncation: Law = perScenario(
  'truncation',
  'A stream that is cut at any byte is an error that holds what had arrived.',
  {
    check: async (provider, scenario) => {
      const bytes = bytesOf(provider, scenario)
      const whole = await read(streamOver(provider, [bytes], scenario))
      let arrived = 0
      for (const length of cutsOf(bytes)) {
        // Timers get a turn, so that whoever waits for the case can lose patience.
        await new Promise((resolve) => setImmediate(resolve))
        const at = `cut after ${length} of ${bytes.length} bytes`
        const { essence, error } = await read(streamOver(provider, [bytes.subarray(0, length)], scenario))
        expectPrefix(essence, whole.essence, at)
        const so = essence.content.length + essence.thinking.length
        expectTrue(so >= arrived, `${at}: less has arrived than from a shorter one`)
        arrived = so
        if (error === undefined) {
          // The connection may go once everything has been said, and not before.
          expectEqual(essence, whole.essence, `${at}, it ended as if it were complete`)
          expectEqual(whole.error, undefined, `${at}, what ends with an error ended well`)
          continue
        }
        if (error.code === whole.error?.code && error.message === whole.error.message) continue
        expectEqual(error.code, 'truncated', `${at}, the code of the error`)
        expectTrue(error.retryable, `${at}, the error does not say that the request may succeed later`)
        expectTrue(error.partial !== undefined, `${at}, the error has no partial response`)
        expectTrue(
          error.provider !== undefined && error.model !== undefined,
          `${at}, the error names no provider or model`,
        )
      }
      return undefined
    },
  },
)

function expectPrefix(essence: Essence, whole: Essence, at: string): void {
  expectTrue(whole.content.startsWith(essence.content), `${at}, the partial text is not how the text begins`)
  expectTrue(whole.thinking.startsWith(essence.thinking), `${at}, the partial thinking is not how the thinking begins`)
}

/** What a loop over the rest throws. */
function drain(iterator: AsyncIterator<unknown>): Promise<unknown> {
  return caught(async () => {
    while (!(await iterator.next()).done);
  })
}

function outcomeOf(stream: StreamOf<ProviderTypes>): Promise<unknown> {
  return stream.response().catch((error: unknown) => error)
}

async function caught(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act()
    return undefined
  } catch (error) {
    return error
  }
}

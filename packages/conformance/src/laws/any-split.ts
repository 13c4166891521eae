import { streamOver } from '../ask.ts'
import { expectEqual } from '../expectation.ts'
import { framingVariants } from '../framing-variant.ts'
import type { Law } from '../law.ts'
import { perScenario } from '../per-scenario.ts'
import { read, type Reading } from '../reading.ts'
import { bytesOf, eventsOf, framingOf } from '../scripted-stream.ts'
import { afterLineEnds, splits } from '../split.ts'

export const anySplit: Law = perScenario('any-split', 'The same bytes, cut anywhere, give the same chunks.', {
  check: async (provider, scenario) => {
    const bytes = bytesOf(provider, scenario)
    const whole = comparable(await read(streamOver(provider, [bytes], scenario)))
    for (const { name, cut } of splits) {
      const reading = await read(streamOver(provider, cut(bytes), scenario))
      expectEqual(comparable(reading), whole, `read ${name}`)
    }
    return undefined
  },
})

export const anyFraming: Law = perScenario('any-framing', 'However the framing is written, the chunks are the same.', {
  check: async (provider, scenario) => {
    const whole = comparable(await read(streamOver(provider, [bytesOf(provider, scenario)], scenario)))
    const encoder = new TextEncoder()
    const events = eventsOf(provider, scenario)
    for (const { name, write } of framingVariants(framingOf(provider))) {
      const bytes = encoder.encode(write(events))
      for (const reads of [[bytes], afterLineEnds(bytes)]) {
        const reading = await read(streamOver(provider, reads, scenario))
        expectEqual(comparable(reading), whole, `written with ${name}, in ${reads.length} reads`)
      }
    }
    return undefined
  },
})

/** Errors are compared by what programs decide by: their words may quote the body. */
function comparable({ events, deltas, essence, error }: Reading): unknown {
  return { events, deltas: JSON.parse(JSON.stringify(deltas)), essence, code: error?.code, retryable: error?.retryable }
}

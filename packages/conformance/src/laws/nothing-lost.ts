import { streamOver } from '../ask.ts'
import { expectEqual, expectMatch, expectTrue, holds } from '../expectation.ts'
import type { Law } from '../law.ts'
import { perScenario } from '../per-scenario.ts'
import { read } from '../reading.ts'
import type { ScriptedEvent } from '../scripted-event.ts'
import { bytesOf, encodeEvents, eventsOf } from '../scripted-stream.ts'

const strangeField = { strange_field: { deep: [1, 'two', null, { three: true }] } }
/** By every name that a vendor tells its events apart by. */
const strange = { type: 'strange.event', event_type: 'strange-event', object: 'strange.event', ...strangeField }
const strangeEvent: ScriptedEvent = { event: 'strange.event', data: strange }

export const nothingLost: Law = perScenario(
  'nothing-lost',
  'Every leaf of every event is in `chunk.event`; unknown events and fields survive, and disturb nothing.',
  {
    check: async (provider, scenario) => {
      const events = eventsOf(provider, scenario)
      const objects = events.flatMap(({ data }) => (typeof data === 'object' ? [data] : []))
      const plain = await read(streamOver(provider, [bytesOf(provider, scenario)], scenario))
      expectMatch(plain.events, objects, 'the events that were shown')

      const more = events.map((event) =>
        typeof event.data === 'object' ? { ...event, data: { ...event.data, ...strangeField } } : event,
      )
      const withFields = await read(streamOver(provider, [encodeEvents(provider, more)], scenario))
      expectEqual(withFields.essence, plain.essence, 'with unknown fields, the response')
      expectEqual(withFields.error?.code, plain.error?.code, 'with unknown fields, the error')
      expectTrue(
        withFields.events.every((event) => holds(event, strangeField)),
        'an unknown field is not in `chunk.event`',
      )

      const between = events.flatMap((event, index) => (index === 0 ? [event] : [strangeEvent, event]))
      const withEvents = await read(streamOver(provider, [encodeEvents(provider, between)], scenario))
      expectEqual(withEvents.essence, plain.essence, 'with unknown events, the response')
      expectEqual(withEvents.error?.code, plain.error?.code, 'with unknown events, the error')
      expectTrue(holds(withEvents.events, strange) || events.length < 2, 'an unknown event is not shown')
      return undefined
    },
  },
)

import { begun, modelFor, streamResponse } from '../ask.ts'
import { expectEqual, expectError } from '../expectation.ts'
import type { Law } from '../law.ts'
import { until } from '../loopback-server.ts'
import { inSituations } from '../per-scenario.ts'
import type { ProviderUnderTest } from '../provider-under-test.ts'
import type { ScriptedEvent } from '../scripted-event.ts'
import { type ScriptedFetch, scriptedFetch } from '../scripted-fetch.ts'
import { encodeEvents } from '../scripted-stream.ts'

const soon = { 'retry-after-ms': '1' }
const retry = { attempts: 3, backOff: { maxMs: 1 } }

export const retries: Law = inSituations(
  'retries',
  'What may succeed later is asked for again, as often as it was allowed, and never behind an answer that has begun.',
  {
    'an answer after two failures': async (provider) => {
      const { fetch, requests } = failing(provider, 2, 503)
      const response = await modelFor(provider, { fetch, retry }).stream('Hi').response()
      expectEqual([response.content, requests.length], ['answer', 3], 'the text, and the number of requests')
    },
    'no more attempts than allowed': async (provider) => {
      const { fetch, requests } = failing(provider, 9, 429)
      const error = await expectError(modelFor(provider, { fetch, retry }).call('Hi'), 'the call')
      expectEqual([error.code, requests.length], ['rate_limit', 3], 'the code, and the number of requests')
    },
    'none where it was switched off': async (provider) => {
      const { fetch, requests } = failing(provider, 9, 503)
      await expectError(modelFor(provider, { fetch, retry: false }).call('Hi'), 'the call')
      expectEqual(requests.length, 1, 'the number of requests')
    },
    'none for what cannot succeed': async (provider) => {
      const { fetch, requests } = failing(provider, 9, 401)
      await expectError(modelFor(provider, { fetch, retry }).call('Hi'), 'the call')
      expectEqual(requests.length, 1, 'the number of requests')
    },
    'none once the answer has begun': async (provider) => {
      const { fetch, requests } = scriptedFetch(() => brokenResponse(provider))
      const error = await expectError(modelFor(provider, { fetch, retry }).stream('Hi').response(), 'the stream')
      expectEqual([error.code, requests.length], ['connection', 1], 'the code, and the number of requests')
    },
    'a long wait is the caller’s to decide': async (provider) => {
      const { fetch, requests } = failing(provider, 9, 429, { 'retry-after': '86400' })
      const error = await expectError(modelFor(provider, { fetch, retry }).call('Hi'), 'the call')
      expectEqual([error.retryAfterMs, requests.length], [86_400_000, 1], 'the wait, and the number of requests')
    },
    'abort during the wait': async (provider) => {
      const { fetch, requests } = failing(provider, 9, 503, { 'retry-after': '30' })
      const stop = new AbortController()
      const answer = begun(modelFor(provider, { fetch, retry }).stream('Hi', { signal: stop.signal }).response())
      await until(() => requests.length > 0)
      await new Promise((resolve) => setTimeout(resolve, 5))
      stop.abort(new Error('enough'))
      expectEqual((await expectError(answer, 'after the abort')).code, 'aborted', 'the code of the error')
      expectEqual(requests.length, 1, 'the number of requests')
    },
  },
)

function failing(
  provider: ProviderUnderTest,
  times: number,
  status: number,
  headers: Readonly<Record<string, string>> = soon,
): ScriptedFetch {
  const bytes = encodeEvents(provider, provider.streamText(['ans', 'wer']))
  return scriptedFetch((_, index) =>
    index < times ? new Response('', { status, headers }) : streamResponse(provider, [bytes]),
  )
}

/** An answer whose connection breaks before the second piece of its text. */
function brokenResponse(provider: ProviderUnderTest): Response {
  const events: ScriptedEvent[] = []
  for (const event of provider.streamText(['first', 'second'])) {
    if (JSON.stringify(event.data).includes('second')) break
    events.push(event)
  }
  function* reads(): Generator<Uint8Array> {
    yield encodeEvents(provider, events)
    throw new TypeError('terminated')
  }
  return streamResponse(provider, reads())
}

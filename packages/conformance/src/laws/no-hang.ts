import type { ServerResponse } from 'node:http'
import { modelFor } from '../ask.ts'
import { endlessReads } from '../endless.ts'
import { expectEqual, expectError, expectTrue } from '../expectation.ts'
import type { Law } from '../law.ts'
import { LoopbackServer, type ServedRequest, writeAll } from '../loopback-server.ts'
import { inSituations } from '../per-scenario.ts'
import type { ConnectionSettings, ProviderUnderTest } from '../provider-under-test.ts'
import { contentTypeOf, encodeEvents, framingOf } from '../scripted-stream.ts'

const soon = 60

export const noHang: Law = inSituations(
  'no-hang',
  'Every phase has a deadline, and comments that keep a connection alive do not count as life.',
  {
    'no headers: firstByteMs': (provider) => expectTimeout(provider, { firstByteMs: soon }, () => {}),
    'no headers for a call: firstByteMs': async (provider) => {
      await using server = await LoopbackServer.start(() => {})
      const model = modelFor(provider, { baseURL: server.url, timeout: { firstByteMs: soon } })
      const error = await expectError(model.call('Hi'), 'the call')
      expectEqual(error.code, 'timeout', 'the code of the error')
      await server.requests[0]?.closed
    },
    'headers and no event: firstByteMs or idleMs': (provider) =>
      expectTimeout(provider, { firstByteMs: soon, idleMs: soon }, (response) => head(provider, response)),
    'events that stop: idleMs': (provider) =>
      expectTimeout(provider, { idleMs: soon }, (response) => begin(provider, response), 'first'),
    'nothing but comments: idleMs': (provider) =>
      expectTimeout(
        provider,
        { idleMs: soon },
        (response) => {
          begin(provider, response)
          const sign = framingOf(provider) === 'lines' ? '\n' : ': keep-alive\n\n'
          const timer = setInterval(() => response.write(sign), soon / 4)
          response.once('close', () => clearInterval(timer))
        },
        'first',
      ),
    'events without end: totalMs': (provider) =>
      expectTimeout(provider, { totalMs: soon * 2 }, async (response, request) => {
        head(provider, response)
        await writeAll(response, request, endlessReads(provider))
      }),
  },
)

async function expectTimeout(
  provider: ProviderUnderTest,
  timeout: NonNullable<ConnectionSettings['timeout']>,
  answer: (response: ServerResponse, request: ServedRequest) => unknown,
  arrived?: string,
): Promise<void> {
  await using server = await LoopbackServer.start(answer)
  const error = await expectError(
    modelFor(provider, { baseURL: server.url, timeout }).stream('Hi').response(),
    'the stream',
  )
  expectEqual(error.code, 'timeout', 'the code of the error')
  // What took longer than all the time there was may take as long again.
  expectTrue(error.retryable || 'totalMs' in timeout, 'the error does not say that the request may succeed later')
  await server.requests[0]?.closed
  if (arrived !== undefined) expectEqual(error.partial?.content, arrived, 'the text in `partial`')
}

function head(provider: ProviderUnderTest, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': contentTypeOf(provider) })
  response.flushHeaders()
}

/** The events of a stream up to its first piece of text. */
function begin(provider: ProviderUnderTest, response: ServerResponse): void {
  head(provider, response)
  for (const event of provider.streamText(['first', 'second'])) {
    response.write(encodeEvents(provider, [event]))
    if (JSON.stringify(event.data).includes('first')) return
  }
}

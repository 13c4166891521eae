import { modelFor } from '../ask.ts'
import { endlessReads } from '../endless.ts'
import { expectTrue } from '../expectation.ts'
import type { Law } from '../law.ts'
import { LoopbackServer, writeAll } from '../loopback-server.ts'
import { inSituations } from '../per-scenario.ts'
import { ScriptedBody, scriptedFetch } from '../scripted-fetch.ts'
import { contentTypeOf } from '../scripted-stream.ts'

export const noReadingAhead: Law = inSituations('no-reading-ahead', 'A slow consumer slows the producer.', {
  'nothing is taken from the body before it is asked for': async (provider) => {
    const body = new ScriptedBody(endlessReads(provider))
    const headers = { 'content-type': contentTypeOf(provider) }
    const { fetch } = scriptedFetch(() => new Response(body.stream, { headers }))
    const iterator = modelFor(provider, { fetch }).stream('Hi')[Symbol.asyncIterator]()
    for (let taken = 1; taken <= 30; taken++) {
      await iterator.next()
      // A body hands out one read while it makes the next, as streams do.
      expectTrue(body.pulls <= taken + 2, `${body.pulls} reads were made for ${taken} events`)
    }
    await iterator.return?.()
  },
  'over a socket, a server without end is held back by a consumer that sleeps': async (provider) => {
    await using server = await LoopbackServer.start(async (response, request) => {
      response.writeHead(200, { 'content-type': contentTypeOf(provider) })
      await writeAll(response, request, endlessReads(provider))
    })
    const iterator = modelFor(provider, { baseURL: server.url }).stream('Hi')[Symbol.asyncIterator]()
    await iterator.next()
    const sent = (): number => server.requests[0]?.bytesSent ?? 0
    for (let before = -1; before !== sent();) {
      before = sent()
      await new Promise((resolve) => setTimeout(resolve, 100))
      // Socket buffers of both sides, and no more.
      expectTrue(sent() < 32 * 2 ** 20, `${sent()} bytes were taken for one event`)
    }
    await iterator.return?.()
  },
})

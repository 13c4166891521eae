import type { ServerResponse } from 'node:http'
import type { ProviderTypes, StreamOf } from '@interlingua/core'
import { begun, bothWays, modelFor, streamResponse } from '../ask.ts'
import { expectEqual, expectError, expectTrue } from '../expectation.ts'
import type { Law } from '../law.ts'
import { type ServedRequest, LoopbackServer, until, writeAll } from '../loopback-server.ts'
import { inSituations } from '../per-scenario.ts'
import type { ProviderUnderTest } from '../provider-under-test.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import { contentTypeOf, encodeEvents } from '../scripted-stream.ts'
import { endlessReads } from '../endless.ts'
import { WatchedSignal } from '../watched-signal.ts'

export const stopMeansStop: Law = inSituations(
  'stop-means-stop',
  'break, return, cancel and abort close the socket at once, in every phase, and the partial response stays.',
  {
    break: (provider) =>
      whileRunning(provider, async (stream) => {
        for await (const [chunk] of stream) if (chunk.content) break
      }),
    'return()': (provider) =>
      whileRunning(provider, async (stream) => {
        const iterator = stream[Symbol.asyncIterator]()
        await firstText(stream, iterator)
        await iterator.return?.()
      }),
    'cancel()': (provider) =>
      whileRunning(provider, async (stream) => {
        await firstText(stream, stream[Symbol.asyncIterator]())
        stream.cancel(new Error('enough'))
      }),
    'await using': (provider) =>
      whileRunning(provider, async (stream) => {
        await using inner = stream
        await firstText(inner, inner[Symbol.asyncIterator]())
      }),
    'abort in the middle': (provider) =>
      whileRunning(provider, async (stream, stop) => {
        await firstText(stream, stream[Symbol.asyncIterator]())
        stop.abort(new Error('enough'))
      }),
    'abort while a read waits': async (provider) => {
      await using server = await LoopbackServer.start((response) => beginning(provider, response))
      const stop = new AbortController()
      const stream = modelFor(provider, { baseURL: server.url }).stream('Hi', { signal: stop.signal })
      const answer = begun(stream.response())
      await until(() => stream.partial.content !== '')
      await expectAborted(answer, stop)
      expectEqual(stream.partial.content, 'first', 'the partial text')
      await server.requests[0]?.closed
    },
    'abort before the headers': (provider) => abortWhile(provider, () => {}),
    'abort between the headers and the first event': (provider) =>
      abortWhile(provider, (response) => {
        response.writeHead(200, { 'content-type': contentTypeOf(provider) })
        response.flushHeaders()
      }),
    'abort of a call before the headers': async (provider) => {
      await using server = await LoopbackServer.start(() => {})
      const stop = new AbortController()
      const answer = begun(modelFor(provider, { baseURL: server.url }).call('Hi', { signal: stop.signal }))
      const request = await server.received(1)
      await expectAborted(answer, stop)
      await request.closed
    },
    'a signal that has aborted sends nothing': async (provider) => {
      const { fetch, requests } = scriptedFetch(() => new Response())
      const model = modelFor(provider, { fetch })
      const signal = AbortSignal.abort(new Error('enough'))
      for (const [what, ask] of bothWays(model, { signal })) {
        expectEqual((await expectError(ask, what)).code, 'aborted', 'the code of the error')
      }
      expectEqual(requests.length, 0, 'the number of requests')
    },
    'a fetch that takes no notice is left behind': async (provider) => {
      const stop = new AbortController()
      const answer = modelFor(provider, { fetch: deaf }).stream('Hi', { signal: stop.signal }).response()
      await expectAborted(answer, stop)
    },
    'a body that takes no notice is cancelled': async (provider) => {
      let cancelled = false
      const body = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) })
      const headers = { 'content-type': contentTypeOf(provider) }
      const stop = new AbortController()
      const { fetch, requests } = scriptedFetch(() => new Response(body, { headers }))
      const answer = begun(modelFor(provider, { fetch }).stream('Hi', { signal: stop.signal }).response())
      await until(() => requests.length > 0)
      await expectAborted(answer, stop)
      await until(() => cancelled)
    },
    'no listener stays on a signal that outlives the calls': async (provider) => {
      const watched = new WatchedSignal()
      const { signal } = watched
      const reads = (): Uint8Array[] => [encodeEvents(provider, provider.streamText(['a', 'b']))]
      const { fetch } = scriptedFetch((_, index) =>
        index === 0 ? new Response('no', { status: 500 }) : streamResponse(provider, reads()),
      )
      const model = modelFor(provider, { fetch })
      await model.call('Hi', { signal }).catch(() => {})
      await model.stream('Hi', { signal }).response()
      for await (const _ of model.stream('Hi', { signal })) break
      model.stream('Hi', { signal })
      expectEqual(watched.listeners, 0, 'the number of listeners')
    },
    'what has ended is not stopped': async (provider) => {
      const reads = [encodeEvents(provider, provider.streamText(['a', 'b']))]
      const { fetch } = scriptedFetch(() => streamResponse(provider, reads))
      const stop = new AbortController()
      const stream = modelFor(provider, { fetch }).stream('Hi', { signal: stop.signal })
      const response = await stream.response()
      stop.abort()
      stream.cancel()
      expectTrue((await stream.response()) === response, 'the response is another one')
    },
  },
)

const deaf = (): Promise<Response> => new Promise(() => {})

/** Stops a stream without end while it runs, and looks at both of its ends. */
async function whileRunning(
  provider: ProviderUnderTest,
  act: (stream: StreamOf<ProviderTypes>, stop: AbortController) => Promise<void>,
): Promise<void> {
  await using server = await LoopbackServer.start((response, request) => endless(provider, response, request))
  const stop = new AbortController()
  const stream = modelFor(provider, { baseURL: server.url }).stream('Hi', { signal: stop.signal })
  await act(stream, stop)
  const { content } = stream.partial
  const error = await expectError(stream.response(), 'after the stop')
  expectEqual(error.code, 'aborted', 'the code of the error')
  expectTrue(content !== '' && error.partial?.content === content, 'what had arrived is not in `partial`')
  await server.requests[0]?.closed
}

async function firstText(stream: StreamOf<ProviderTypes>, iterator: AsyncIterator<unknown>): Promise<void> {
  while (stream.partial.content === '' && !(await iterator.next()).done);
}

/** Aborts once the request is there and has got whatever it gets. */
async function abortWhile(provider: ProviderUnderTest, answer: (response: ServerResponse) => void): Promise<void> {
  await using server = await LoopbackServer.start(answer)
  const stop = new AbortController()
  const whole = begun(modelFor(provider, { baseURL: server.url }).stream('Hi', { signal: stop.signal }).response())
  const request = await server.received(1)
  await new Promise((resolve) => setImmediate(resolve))
  await expectAborted(whole, stop)
  await request.closed
}

async function expectAborted(answer: Promise<unknown>, stop: AbortController): Promise<void> {
  const reason = new Error('enough')
  stop.abort(reason)
  const error = await expectError(answer, 'after the abort')
  expectEqual(error.code, 'aborted', 'the code of the error')
  expectTrue(error.cause === reason, 'the cause is not the reason of the abort')
}

async function endless(provider: ProviderUnderTest, response: ServerResponse, request: ServedRequest): Promise<void> {
  response.writeHead(200, { 'content-type': contentTypeOf(provider) })
  await writeAll(response, request, endlessReads(provider))
}

/** A stream of which everything but its end comes. */
function beginning(provider: ProviderUnderTest, response: ServerResponse): void {
  const never = {
    *[Symbol.iterator]() {
      yield 'first'
    },
  }
  response.writeHead(200, { 'content-type': contentTypeOf(provider) })
  let written = 0
  for (const event of provider.streamText(never)) {
    // The event that has the text is the last one that is written.
    const bytes = encodeEvents(provider, [event])
    response.write(bytes)
    written += 1
    if (JSON.stringify(event.data).includes('first')) break
  }
  expectTrue(written > 0, '`streamText` made no event')
}

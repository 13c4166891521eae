import { inspect } from 'node:util'
import { isInterlinguaError } from '@interlingua/core'
import { apiKey, bothWays, modelFor, streamResponse } from '../ask.ts'
import { expectEqual, expectError, expectTrue } from '../expectation.ts'
import { type Law, notApplicable } from '../law.ts'
import { LoopbackServer } from '../loopback-server.ts'
import { inSituations } from '../per-scenario.ts'
import type { ProviderUnderTest } from '../provider-under-test.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import { contentTypeOf, encodeEvents } from '../scripted-stream.ts'

export const noLeak: Law = inSituations(
  'no-leak',
  'The key appears in no error and goes to no other origin; arguments cannot change prototypes.',
  {
    'a server that echoes the key': (provider) =>
      expectNoKey(provider, () =>
        Response.json({ message: `invalid key: ${apiKey}` }, { status: 401, headers: { 'x-echo': apiKey } }),
      ),
    'a stream that echoes the key': (provider) =>
      expectNoKey(
        provider,
        () => new Response(`data: not JSON ${apiKey}\n\n`, { headers: { 'content-type': contentTypeOf(provider) } }),
      ),
    'a page that echoes the key': (provider) =>
      expectNoKey(provider, () => new Response(`<h1>${apiKey}</h1>`, { headers: { 'content-type': 'text/html' } })),
    'a fetch that quotes the key': (provider) =>
      expectNoKey(provider, () => {
        throw new Error(`failed with Bearer ${apiKey}`, { cause: new Error(apiKey) })
      }),
    'a key with a line break': async (provider) => {
      const key = `${apiKey}\nsecond line`
      const reads = (): Uint8Array[] => [encodeEvents(provider, provider.streamText(['Hi']))]
      const { fetch } = scriptedFetch(() => streamResponse(provider, reads()))
      let error: unknown
      try {
        await modelFor(provider, { fetch, apiKey: key }).stream('Hi').response()
      } catch (thrown) {
        error = thrown
      }
      if (error !== undefined) expectHidden(error)
    },
    'the request in a response': async (provider) => {
      const reads = [encodeEvents(provider, provider.streamText(['Hi']))]
      const { fetch } = scriptedFetch(() => streamResponse(provider, reads))
      expectHidden(await modelFor(provider, { fetch }).stream('Hi').response())
    },
    'a redirect to another origin': async (provider) => {
      await using other = await LoopbackServer.start((response) => response.end())
      for (const status of [301, 302, 303, 307, 308]) {
        await using server = await LoopbackServer.start((response) =>
          response.writeHead(status, { location: `${other.url}/elsewhere` }).end(),
        )
        await expectError(modelFor(provider, { baseURL: server.url }).stream('Hi').response(), `status ${status}`)
      }
      const seen = other.requests.map(({ headers, text, path }) => JSON.stringify({ headers, text, path }))
      expectTrue(!seen.some((request) => request.includes(apiKey)), 'the key went to another origin')
    },
    'arguments with __proto__': async (provider) => {
      const { streamToolCalls } = provider
      if (!streamToolCalls) return notApplicable('there is no `streamToolCalls`')
      const pieces = ['{"__proto__":{"polluted":true},', '"constructor":{"prototype":{"polluted":true}},"city":"Rome"}']
      const bytes = encodeEvents(provider, streamToolCalls([{ id: 'call_1', name: 'weather', pieces }]))
      const { fetch } = scriptedFetch(() => streamResponse(provider, [bytes]))
      for (const partialTools of [false, true]) {
        for await (const [, tool] of modelFor(provider, { fetch }).stream('Hi', { partialTools })) {
          const args: unknown = tool?.args
          if (typeof args !== 'object' || args === null) continue
          expectEqual(Object.getPrototypeOf(args), Object.prototype, 'the prototype of the arguments')
          expectTrue(!('polluted' in args), 'the arguments have inherited what they said')
        }
        expectTrue(!('polluted' in {}), 'the prototype of all objects has changed')
        // A body is read once.
        if (!partialTools) return undefined
      }
      return undefined
    },
  },
)

async function expectNoKey(provider: ProviderUnderTest, answer: () => Response): Promise<void> {
  const { fetch } = scriptedFetch(answer)
  for (const [what, ask] of bothWays(modelFor(provider, { fetch }))) expectHidden(await expectError(ask, what))
}

function expectHidden(value: unknown): void {
  const ways = {
    inspect: inspect(value, { depth: 9, showHidden: true }),
    JSON: JSON.stringify(value),
    message: isInterlinguaError(value) ? `${value.message}${value.stack}` : '',
  }
  for (const [way, text] of Object.entries(ways)) expectTrue(!text.includes(apiKey), `the key is shown by ${way}`)
}

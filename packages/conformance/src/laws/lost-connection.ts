import type { ServerResponse } from 'node:http'
import type { ErrorCode } from '@interlingua/core'
import { bothWays, modelFor } from '../ask.ts'
import { expectError, expectTrue } from '../expectation.ts'
import type { Law } from '../law.ts'
import { LoopbackServer } from '../loopback-server.ts'
import { inSituations } from '../per-scenario.ts'
import type { ProviderUnderTest } from '../provider-under-test.ts'
import { contentTypeOf, encodeEvents } from '../scripted-stream.ts'

export const lostConnection: Law = inSituations(
  'lost-connection',
  'A connection that cannot be made, or breaks, is one typed error with its cause.',
  {
    'nobody listens': async (provider) => {
      const server = await LoopbackServer.start(() => {})
      await server[Symbol.asyncDispose]()
      await expectLost(provider, server.url, ['connection'])
    },
    'closed before the headers': (provider) => over(provider, (response) => response.socket?.end()),
    'reset before the headers': (provider) => over(provider, (response) => response.socket?.resetAndDestroy()),
    'closed after the headers': (provider) =>
      over(provider, async (response) => {
        await head(response, provider)
        response.socket?.end()
      }),
    'reset in the middle': (provider) =>
      over(provider, async (response) => {
        await half(response, provider)
        response.socket?.resetAndDestroy()
      }),
    'closed in the middle, without an end of the body': (provider) =>
      over(provider, async (response) => {
        await half(response, provider)
        response.socket?.end()
      }),
    'fewer bytes than the length that was told': (provider) =>
      over(provider, (response) => {
        const bytes = wholeStream(provider)
        response.writeHead(200, { 'content-type': contentTypeOf(provider), 'content-length': bytes.length })
        response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.end())
      }),
  },
)

async function over(provider: ProviderUnderTest, answer: (response: ServerResponse) => unknown): Promise<void> {
  await using server = await LoopbackServer.start(answer)
  await expectLost(provider, server.url, ['connection', 'truncated'])
}

async function expectLost(provider: ProviderUnderTest, baseURL: string, codes: readonly ErrorCode[]): Promise<void> {
  for (const [what, ask] of bothWays(modelFor(provider, { baseURL }))) {
    const error = await expectError(ask, what)
    expectTrue(codes.includes(error.code), `${what}: an error of code ${error.code} in place of ${codes.join(' or ')}`)
    expectTrue(error.retryable, `${what}: the error does not say that the request may succeed later`)
    expectTrue(error.cause !== undefined || error.code === 'truncated', `${what}: the error has no cause`)
  }
}

function wholeStream(provider: ProviderUnderTest): Uint8Array {
  return encodeEvents(provider, provider.streamText(['half ', 'and half']))
}

function head(response: ServerResponse, provider: ProviderUnderTest): Promise<void> {
  return new Promise((resolve) => {
    response.writeHead(200, { 'content-type': contentTypeOf(provider) })
    response.flushHeaders()
    setImmediate(resolve)
  })
}

async function half(response: ServerResponse, provider: ProviderUnderTest): Promise<void> {
  await head(response, provider)
  const bytes = wholeStream(provider)
  await new Promise<void>((resolve) => void response.write(bytes.subarray(0, bytes.length / 2), () => resolve()))
}

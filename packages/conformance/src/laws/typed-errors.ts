import { type ErrorCode, type InterlinguaError, isInterlinguaError } from '@interlingua/core'
import { bothWays, modelFor } from '../ask.ts'
import { expectEqual, expectError, expectMatch, expectTrue } from '../expectation.ts'
import type { Law } from '../law.ts'
import type { ProviderUnderTest } from '../provider-under-test.ts'
import type { FailureScenario } from '../scenario.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import { contentTypeOf } from '../scripted-stream.ts'

const page = '<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>'
const busy = { code: 'rate_limit', retryable: true } as const

/** What any server, or a proxy before it, may say. */
const anyServer: readonly FailureScenario[] = [
  {
    name: 'a page of a proxy',
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: page,
    expected: { code: 'server', retryable: true },
  },
  {
    name: 'a text that is declared to be JSON',
    status: 503,
    headers: { 'content-type': 'application/json' },
    body: 'upstream connect error',
    expected: { code: 'overloaded', retryable: true },
  },
  { name: 'an empty body', status: 500, body: '', expected: { code: 'server', retryable: true } },
  {
    name: 'retry-after in seconds',
    status: 429,
    headers: { 'retry-after': '7' },
    body: '',
    expected: { ...busy, retryAfterMs: 7_000 },
  },
  {
    name: 'retry-after-ms',
    status: 429,
    headers: { 'retry-after-ms': '1500' },
    body: '',
    expected: { ...busy, retryAfterMs: 1_500 },
  },
  { name: 'no key', status: 401, body: '', expected: { code: 'authentication', retryable: false } },
  { name: 'no permission', status: 403, body: '', expected: { code: 'permission', retryable: false } },
  { name: 'nothing there', status: 404, body: '', expected: { code: 'not_found', retryable: false } },
]

export const typedErrors: Law = {
  name: 'typed-errors',
  says: 'Every failure is an InterlinguaError that says what happened, where, and whether to try again.',
  perScenario: false,
  cases: (provider) => [
    ...[...anyServer, ...provider.failures].map((failure) => ({
      name: failure.name,
      check: () => expectFailure(provider, failure),
    })),
    { name: 'retry-after as a date', check: () => expectDate(provider) },
    {
      name: 'a page with status 200',
      check: () =>
        expectNoAnswer(provider, () => new Response(page, { headers: { 'content-type': 'text/html' } }), ['protocol']),
    },
    {
      name: 'JSON that is no answer, with status 200',
      check: () =>
        expectNoAnswer(provider, () => Response.json({ error: 'no luck' }), ['protocol', 'truncated', 'server']),
    },
    {
      name: 'an empty body with status 200',
      check: () =>
        expectNoAnswer(provider, () => new Response('', { headers: { 'content-type': contentTypeOf(provider) } }), [
          'truncated',
          'protocol',
        ]),
    },
    {
      name: 'a stream of something else',
      check: () =>
        expectNoAnswer(
          provider,
          () => new Response('data: <html>\n\n', { headers: { 'content-type': contentTypeOf(provider) } }),
          ['protocol', 'truncated'],
        ),
    },
  ],
}

async function expectFailure(
  provider: ProviderUnderTest,
  { status, headers, body, expected }: FailureScenario,
): Promise<undefined> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? {} : { 'content-type': 'application/json' }
  const { fetch } = scriptedFetch(() => new Response(text, { status, headers: { ...type, ...headers } }))
  for (const [what, ask] of bothWays(modelFor(provider, { fetch }))) {
    const error = await expectError(ask, what)
    expectMatch(error, { ...expected, status }, `the error of ${what}`)
    expectPlace(error)
  }
  return undefined
}

async function expectDate(provider: ProviderUnderTest): Promise<undefined> {
  const until = new Date(Date.now() + 30_000).toUTCString()
  const { fetch } = scriptedFetch(() => new Response('', { status: 429, headers: { 'retry-after': until } }))
  const { retryAfterMs = -1 } = await expectError(modelFor(provider, { fetch }).call('Hi'), 'status 429')
  expectTrue(retryAfterMs > 0 && retryAfterMs <= 30_000, `${until} was read as ${retryAfterMs} milliseconds from now`)
  return undefined
}

async function expectNoAnswer(
  provider: ProviderUnderTest,
  answer: () => Response,
  codes: readonly ErrorCode[],
): Promise<undefined> {
  const { fetch } = scriptedFetch(answer)
  const error = await expectError(modelFor(provider, { fetch }).stream('Hi').response(), 'the stream')
  expectTrue(codes.includes(error.code), `an error of code ${error.code} in place of ${codes.join(' or ')}`)
  expectPlace(error)
  return undefined
}

function expectPlace(error: InterlinguaError): void {
  expectTrue(isInterlinguaError(error) && error.message.length > 10, 'the error says nothing')
  expectEqual(typeof error.provider, 'string', 'the type of `provider`')
  expectEqual(typeof error.model, 'string', 'the type of `model`')
}

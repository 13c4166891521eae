import type { Script } from '@interlingua/simulator'
import type { Fault } from './fault.ts'
import { answerText } from './wire.ts'

const category = 'retry policy'
const retry = { attempts: 3 }
const soon = { 'retry-after-ms': '1' }
const refused = (status: number, headers: Readonly<Record<string, string>> = soon): Script => ({
  status,
  headers,
  body: '',
})

/** How long to wait, as servers say it, and what that is in milliseconds. */
const waits: Readonly<Record<string, readonly [headers: Readonly<Record<string, string>>, ms: number | undefined]>> = {
  'in seconds': [{ 'retry-after': '120' }, 120_000],
  'in milliseconds': [{ 'retry-after-ms': '120500' }, 120_500],
  'for a day': [{ 'retry-after': '86400' }, 86_400_000],
}

/** Whether, when and how often to ask again. */
export const retryFaults: readonly Fault[] = [
  ...[408, 409, 429, 500, 502, 503, 504, 529].map((status): Fault => ({
    category,
    name: `status ${status}, and then an answer`,
    scripts: (wire) => [refused(status), wire.stream(wire.good)],
    settings: { retry },
    text: answerText,
    requests: 2,
  })),
  {
    category,
    name: 'a reset, and then an answer',
    scripts: (wire) => [{ breakBeforeHeaders: 'reset' }, wire.stream(wire.good)],
    settings: { retry },
    text: answerText,
    requests: 2,
  },
  {
    category,
    name: 'the server says that it is worth it',
    scripts: (wire) => [refused(400, { ...soon, 'x-should-retry': 'true' }), wire.stream(wire.good)],
    settings: { retry },
    text: answerText,
    requests: 2,
  },
  {
    category,
    name: 'the server says that it is not worth it',
    scripts: () => refused(503, { ...soon, 'x-should-retry': 'false' }),
    settings: { retry },
    codes: ['overloaded'],
  },
  {
    category,
    name: 'the same idempotency key with every attempt, and another one with the next call',
    scripts: (wire) => [refused(503), refused(503), wire.stream(wire.good)],
    settings: { retry },
    play: async ({ model, simulator }) => {
      await model.stream('Hi').response()
      await model.stream('Hi').response()
      const keys = simulator.requests.map(({ headers }) => headers['idempotency-key'])
      const [first, second, third, next] = keys
      if (keys.length !== 4 || first === undefined) return `${keys.length} requests, with keys ${keys.join()}`
      return first === second && second === third && next !== first ? undefined : `the keys ${keys.join()}`
    },
  },
  {
    category,
    name: 'a wait until a date that is over',
    scripts: (wire) => [refused(429, { 'retry-after': new Date(0).toUTCString(), ...soon }), wire.stream(wire.good)],
    settings: { retry },
    text: answerText,
    requests: 2,
  },
  {
    category,
    name: 'as many attempts as allowed',
    scripts: () => refused(503),
    settings: { retry },
    codes: ['overloaded'],
    requests: 3,
  },
  {
    category,
    name: 'no attempts where they are switched off',
    scripts: () => refused(503),
    settings: { retry: false },
    codes: ['overloaded'],
  },
  ...[400, 401, 403, 404, 422].map((status): Fault => ({
    category,
    name: `status ${status} is not asked again`,
    scripts: () => refused(status),
    settings: { retry },
    codes: ['invalid_request', 'authentication', 'permission', 'not_found'],
  })),
  {
    category,
    name: 'nothing behind an answer that has begun',
    scripts: (wire) => ({ ...wire.stream(wire.good), truncateAfterBytes: wire.end }),
    settings: { retry },
    codes: ['truncated'],
  },
  ...Object.entries(waits).map(([name, [headers, ms]]): Fault => ({
    category,
    name: `a wait ${name} that is too long`,
    scripts: () => refused(429, headers),
    settings: { retry },
    codes: ['rate_limit'],
    error: ({ retryAfterMs }) => (retryAfterMs === ms ? undefined : `retryAfterMs is ${retryAfterMs}`),
  })),
  {
    category,
    name: 'a wait until a date',
    scripts: () => refused(429, { 'retry-after': new Date(Date.now() + 300_000).toUTCString() }),
    settings: { retry },
    codes: ['rate_limit'],
    error: ({ retryAfterMs = 0 }) =>
      retryAfterMs > 200_000 && retryAfterMs <= 300_000 ? undefined : `retryAfterMs is ${retryAfterMs}`,
  },
  ...['soon', '-5', '', 'NaN', 'Infinity', '1e999'].map((value): Fault => ({
    category,
    name: `a wait that is no time: '${value}'`,
    scripts: () => refused(429, { 'retry-after': value }),
    settings: { retry: false },
    codes: ['rate_limit'],
    error: ({ retryAfterMs }) =>
      retryAfterMs === undefined || (retryAfterMs >= 0 && retryAfterMs <= 60_000)
        ? undefined
        : `retryAfterMs is ${retryAfterMs}`,
  })),
]

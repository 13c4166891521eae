import { expect, test } from 'vitest'
import { InterlinguaError } from '../src/error.ts'
import { Redaction } from '../src/redaction.ts'

const secret = 'sk-very-secret'
const redaction = new Redaction(
  new Headers({ authorization: `Bearer ${secret}`, 'x-api-key': 'another-secret', accept: 'text/html' }),
)

test('the values of secret headers are kept out of all that an error says', () => {
  const cause = Object.assign(new Error(`refused ${secret}`, { cause: new Error('another-secret') }), {
    detail: secret,
  })
  const error = new InterlinguaError(
    redaction.details({
      code: 'server',
      message: `bad key ${secret}`,
      body: `{"key":"${secret}"}`,
      headers: { 'x-echo': `Bearer ${secret}` },
      cause,
    }),
  )
  const shown = [error.message, error.stack, error.body, JSON.stringify(error.headers), JSON.stringify(error)]
  const causes = [error.cause, error.cause instanceof Error ? error.cause.cause : undefined]
  for (const text of [
    ...shown,
    ...causes.map((each) => (each instanceof Error ? `${each.message}${each.stack}` : '')),
  ]) {
    expect(text).not.toMatch(/very-secret|another-secret/)
  }
  expect(error.message).toBe('bad key [REDACTED]')
})

test('a cause that says nothing secret stays the object that it is', () => {
  const cause = new Error('plain')
  expect(redaction.details({ code: 'server', message: 'text/html', cause })).toMatchObject({
    message: 'text/html',
    cause,
  })
})

import { expect } from 'vitest'

/** A failure as the platform's `fetch` tells it: a TypeError, whose cause knows more. */
export const failure = (message: string, cause: object = {}): object => ({
  name: 'TypeError',
  message,
  cause: expect.objectContaining(cause),
})

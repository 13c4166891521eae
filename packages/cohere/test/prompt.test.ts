import { createCohere } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'
import { expect, test } from 'vitest'

const simulator = createSimulator()
const model = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025')

test.for<[unknown, string]>([
  [[], 'the prompt is empty'],
  [' ', 'the prompt is empty'],
  [undefined, 'this is of type undefined'],
  [null, 'this is null'],
  [5, 'this is of type number'],
  [{ role: 'user', content: 'Hi' }, 'this is of type object'],
])('%j is no prompt, and is not sent', async ([prompt, problem]) => {
  const expected = { code: 'invalid_request', provider: 'cohere', message: expect.stringContaining(problem) }
  await expect(model.call(prompt as string)).rejects.toMatchObject(expected)
  await expect(model.stream(prompt as string).response()).rejects.toMatchObject(expected)
  expect(simulator.requests).toEqual([])
})

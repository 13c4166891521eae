import { expect, test } from 'vitest'
import { useSimulator } from '../src/vitest.ts'

const simulator = useSimulator({ strict: true, scripts: [{ when: { text: 'hello' }, times: 1, text: 'Hi!' }] })

test.each(['first', 'second'])('each test begins anew (%s)', async () => {
  expect(simulator.requests).toEqual([])
  const response = await fetch(`${simulator.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer any' },
    body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] }),
  })
  expect(await response.text()).toContain('"Hi!"')
  expect(simulator.requests).toHaveLength(1)
})

test.fails('a request without a script fails the test', async ({ onTestFinished }) => {
  onTestFinished(() => simulator.clear())
  await fetch(`${simulator.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer any' },
    body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Bye' }] }),
  })
  expect(simulator.unscripted).toEqual([])
})

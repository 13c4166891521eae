import { createCohere } from '@interlingua/cohere'
import { defineCall } from '@interlingua/core'
import { contextModel, currentModel, withModel } from '@interlingua/core/context'
import { createSimulator } from '@interlingua/simulator'
import { expect, test, vi } from 'vitest'

const cohere = createCohere({ apiKey: 'key', fetch: createSimulator().fetch })
const [usual, one, other] = [cohere('command-a-03-2025'), cohere('command-r-08-2024'), cohere('command-r7b-12-2024')]
const model = contextModel(usual)
const ask = defineCall({ model, prompt: (genre: string) => `Recommend a ${genre} book` })
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('outside, the default is asked', async () => {
  expect(currentModel()).toBeUndefined()
  expect((await ask('fantasy')).model).toBe(usual.id)
})

test('work that runs at the same time keeps apart, over any awaits', async () => {
  const work = async (turns: number): Promise<string[]> => {
    const models: string[] = []
    for (let turn = 0; turn < turns; turn++) {
      await tick()
      models.push((await ask('fantasy')).model, (await ask.stream('mystery').response()).model, model.id)
    }
    return models
  }
  const [a, b, c] = await Promise.all([withModel(one, () => work(3)), withModel(other, () => work(2)), work(3)])
  expect(new Set(a)).toEqual(new Set([one.id]))
  expect(new Set(b)).toEqual(new Set([other.id]))
  expect(new Set(c)).toEqual(new Set([usual.id]))
})

test('scopes nest, and the outer one is restored, also after a throw', async () => {
  await withModel(one, async () => {
    await withModel(other, async () => {
      await tick()
      expect(currentModel()).toBe(other)
    })
    expect(currentModel()).toBe(one)
    await expect(withModel(other, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect((await ask('fantasy')).model).toBe(one.id)
  })
  expect(currentModel()).toBeUndefined()
})

test('a stream keeps the model of the place where it was made', async () => {
  const inside = withModel(one, () => ask.stream('fantasy'))
  const outside = ask.stream('fantasy')
  expect((await inside.response()).model).toBe(one.id)
  expect((await withModel(other, () => outside.response())).model).toBe(usual.id)
})

test('its prompt runs in that place too', async () => {
  const seen = vi.fn(() => `Hi ${currentModel()?.id}`)
  const stream = withModel(one, () => model.stream(seen))
  await withModel(other, () => stream.response())
  expect(seen).toHaveReturnedWith(`Hi ${one.id}`)
})

test('a context model in its own place does not ask itself for ever', async () => {
  expect((await withModel(model, () => ask('fantasy'))).model).toBe(usual.id)
  expect((await withModel(one, () => withModel(model, () => ask('fantasy')))).model).toBe(one.id)
})

test('without any model it says so', async () => {
  await expect(contextModel().call('Hi')).rejects.toMatchObject({ code: 'invalid_request' })
  expect(() => contextModel().stream('Hi')).toThrow(/withModel/)
})

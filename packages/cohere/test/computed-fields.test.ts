import { createCohere } from '@interlingua/cohere'
import { defineCall, type Model, promptTemplate } from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'

function setUp() {
  const simulator = createSimulator()
  const model = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025')
  const body = () => simulator.requests[0]?.body
  return { model, body }
}

describe('computed fields', () => {
  const template = promptTemplate('SYSTEM: None of these: {read:list}\nUSER: Recommend a {genre} book')
  const titlesOf = async (reader: string) => [`${reader}'s diary`, 'Momo']
  const ask = (model: Model) =>
    defineCall({
      model,
      prompt: template.dynamic(async ({ reader }: { genre: string; reader: string }) => ({
        computedFields: { read: await titlesOf(reader) },
        seed: 3,
      })),
    })

  test('fill in a template beside the arguments, and are recorded', async () => {
    const { model, body } = setUp()
    const recommend = ask(model)
    const conversation = [
      { role: 'system', content: "None of these: Ada's diary\nMomo" },
      { role: 'user', content: 'Recommend a fantasy book' },
    ]
    expect(await recommend.messages({ genre: 'fantasy', reader: 'Ada' })).toEqual(conversation)
    const response = await recommend({ genre: 'fantasy', reader: 'Ada' })
    expect(body()).toMatchObject({ messages: conversation, seed: 3 })
    expect(response.call).toMatchObject({
      template: template.template,
      args: [{ genre: 'fantasy', reader: 'Ada' }],
      computedFields: { read: ["Ada's diary", 'Momo'] },
      dynamicConfig: { seed: 3 },
    })
  })

  test('come before an argument of the same name', async () => {
    const { model } = setUp()
    const recommend = defineCall({
      model,
      prompt: promptTemplate('A {genre} book').dynamic(({ genre }: { genre: string }) => ({
        computedFields: { genre: genre.toUpperCase() },
      })),
    })
    expect(await recommend.messages({ genre: 'fantasy' })).toEqual([{ role: 'user', content: 'A FANTASY book' }])
  })

  test('that are missing are told by name', async () => {
    const { model } = setUp()
    const recommend = defineCall({
      model,
      prompt: template.dynamic((_given: { genre: string }) => ({ computedFields: {} as { read: string[] } })),
    })
    await expect(recommend({ genre: 'fantasy' })).rejects.toMatchObject({
      code: 'prompt',
      message: expect.stringContaining('{read:list} is missing'),
    })
  })

  test('may be told of a template that the prompt function fills in itself', async () => {
    const { model } = setUp()
    const recommend = defineCall({
      model,
      prompt: (genre: string) => ({ messages: template({ genre, read: [] }), computedFields: { read: [] } }),
    })
    const { call } = await recommend('fantasy')
    expect(call).toMatchObject({ template: template.template, args: ['fantasy'], computedFields: { read: [] } })
    const plain = defineCall({ model, prompt: (genre: string) => template({ genre, read: [] }) })
    expect((await plain('fantasy')).call.template).toBe(template.template)
  })
})

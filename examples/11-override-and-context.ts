// The same call with other options, another model, or the model of the surrounding context.
import { defineCall, middleware, override } from '@interlingua/core'
import { contextModel, withModel } from '@interlingua/core/context'
import { connect } from './connect.ts'

await using connection = await connect({ scripts: [{ text: 'Try Momo.' }] })

const told = (name: string) =>
  override(
    middleware(connection.cohere(name), {
      request: ({ model, options }) => console.log(`${model} at ${options.temperature}`),
    }),
    { temperature: 0.2 },
  )
const cheap = told('command-r7b-12-2024')
const strong = told('command-a-03-2025')

const recommendBook = defineCall({ model: contextModel(cheap), prompt: (genre: string) => `Recommend a ${genre} book` })

await recommendBook('fantasy')
await recommendBook.with({ temperature: 0.9 })('fantasy')
await recommendBook.with({ model: strong })('fantasy')

// Everything that is started inside, and nothing else.
const answers = await Promise.all([recommendBook('horror'), withModel(strong, () => recommendBook('horror'))])
console.log(answers.map(({ model }) => model))

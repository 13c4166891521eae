// Tools that share a state, under one namespace, with descriptions that tell what the state is.
import { defineCall, defineTool, defineToolkit, middleware } from '@interlingua/core'
import { z } from 'zod'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    { times: 1, toolCalls: [{ name: 'shelf_add', arguments: { title: 'Momo' } }] },
    { text: 'Momo is on your shelf now.' },
  ],
})

const shelf = defineToolkit({
  namespace: 'shelf',
  state: { titles: ['Dune'] },
  tools: (state) => [
    defineTool({
      name: 'add',
      description: 'Adds a book to the shelf.',
      input: z.object({ title: z.string() }),
      run: ({ title }) => `There are ${state.titles.push(title)} books now.`,
    }),
  ],
  // Read anew for each request.
  describe: ({ titles }, { description }) => `${description} On it: ${titles.join(', ')}.`,
})

const model = middleware(connection.cohere('command-a-03-2025'), {
  request: ({ options }) => {
    for (const { name, description } of options.tools ?? []) console.log(`${name}: ${description}`)
  },
})

const ask = defineCall({ model, tools: [...shelf], prompt: (wish: string) => wish })
const { response } = await ask.run(['Put Momo on my shelf'])
console.log(response.content)

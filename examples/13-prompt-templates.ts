// Prompts as text, with roles, lists, history and images. The compiler knows the variables.
import { defineCall, promptTemplate } from '@interlingua/core'
import { connect } from './connect.ts'

await using connection = await connect({ scripts: [{ text: 'The cover of Momo.' }] })

const lookAt = promptTemplate(`
  SYSTEM: You are a librarian. These are your books:
  {books:list}
  MESSAGES: {history}
  USER: Which of them is this? {cover:image(detail=low)}
  Answer for {reader.name}.
`)

const variables = {
  books: ['Momo', 'Emil and the Detectives'],
  history: [
    { role: 'user', content: 'Hello!' },
    { role: 'assistant', content: 'What are you looking for?' },
  ],
  // A one-pixel picture. A path of a file is no image: nothing is opened or fetched for a prompt.
  cover: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAAC',
  reader: { name: 'Michael' },
} as const

// A template is a function: what it makes can be looked at without sending anything.
for (const { role, content } of lookAt(variables)) console.log(`${role}: ${JSON.stringify(content)}`)

const ask = defineCall({ model: connection.cohere('command-a-vision-07-2025'), prompt: lookAt })
const { content } = await ask(variables)
console.log(content)

// A conversation: an answer goes back as it came.
import type { Message } from '@interlingua/core'
import { connect } from './connect.ts'

await using connection = await connect({
  scripts: [
    { times: 1, thinking: 'They like fantasy.', text: 'Try Momo.' },
    { times: 1, thinking: 'Something like it.', text: 'Then try The Neverending Story.' },
    { thinking: 'Both are the same author.', text: 'Both are by Michael Ende.' },
  ],
})
const model = connection.cohere('command-a-reasoning-08-2025')

const first = await model.call('Recommend a fantasy book')

// `resume` keeps the history, the tools and the parameters.
const second = await first.resume('I know that one.')

// The same by hand: what was sent, what came back, and what is said next. It can be kept as JSON in between.
const saved = JSON.stringify([...second.messages, second.message])
const history = JSON.parse(saved) as Message[]
const third = await model.call([...history, { role: 'user', content: 'Who wrote them?' }])

for (const { role, content } of [...third.messages, third.message]) {
  console.log(
    `${role}: ${typeof content === 'string' ? content : content.map((part) => JSON.stringify(part)).join(' ')}`,
  )
}

// An answer that rests on documents, and says on which.
import { connect } from './connect.ts'

const answer = 'Giant pandas eat bamboo, and polar bears eat seals.'
const cited = (text: string, id: string) => ({
  start: answer.indexOf(text),
  end: answer.indexOf(text) + text.length,
  text,
  sources: [{ type: 'document' as const, id, document: { id } }],
})
await using connection = await connect({
  scripts: [{ text: answer, cohere: { citations: [cited('eat bamboo', 'pandas'), cited('eat seals', 'bears')] } }],
})

const { content, citations } = await connection.cohere('command-a-03-2025').call('What do bears eat?', {
  documents: [
    { id: 'pandas', data: { title: 'Giant pandas', snippet: 'They eat bamboo, and little else.' } },
    { id: 'bears', data: { title: 'Polar bears', snippet: 'They eat seals.' } },
  ],
})
console.log(content)
for (const { start, end, sources, verified } of citations) {
  console.log(`"${content.slice(start, end)}" from ${sources.map(({ id }) => id).join(', ')}, verified: ${verified}`)
}

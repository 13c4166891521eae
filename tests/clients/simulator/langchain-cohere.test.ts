import { useSimulator } from '@interlingua/simulator/vitest'
import { ChatCohere, CohereEmbeddings, CohereRerank } from '@langchain/cohere'
import { Document } from '@langchain/core/documents'
import { CohereClient } from 'cohere-ai'
import { expect, test } from 'vitest'

const simulator = useSimulator()
const client = (): CohereClient => new CohereClient({ token: 'any', environment: simulator.url })

test('a text, which is the same streamed', async () => {
  const model = new ChatCohere({ client: client(), model: 'command-a-03-2025' })
  const { content } = await model.invoke('Who wrote Dune?')
  expect(content).toContain('Frank Herbert')
  const pieces = await Array.fromAsync(await model.stream('Who wrote Dune?'), ({ text }) => text)
  expect(pieces.join('')).toBe(content)
})

test('embeddings', async () => {
  const embeddings = new CohereEmbeddings({ client: client(), model: 'embed-english-v3.0' })
  const [one = [], other = [], third = []] = await embeddings.embedDocuments([
    'cats and dogs',
    'dogs and cats',
    'the price of steel',
  ])
  const near = (vector: number[]): number => one.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0)
  expect(near(other)).toBeGreaterThan(near(third))
})

test('reranking', async () => {
  const reranker = new CohereRerank({ client: client(), model: 'rerank-v3.5', topN: 1 })
  const documents = ['The sea is wide.', 'Steel costs more this year.'].map(
    (pageContent) => new Document({ pageContent }),
  )
  const [first] = await reranker.compressDocuments(documents, 'price of steel')
  expect(first?.pageContent).toBe('Steel costs more this year.')
})

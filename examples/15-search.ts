// A search without a database: embeddings find candidates, and reranking orders them.
import { connect } from './connect.ts'

await using connection = await connect()
const { cohere } = connection

const books = [
  'Dune: sand, spice and prophecy on a desert planet',
  'Emma: a young woman arranges the marriages of others',
  'Moby-Dick: a captain hunts a white whale across the oceans',
  'The Martian: an astronaut grows potatoes on a planet of red sand',
]

const embedder = cohere.embed('embed-v4.0')
const { embeddings } = await embedder.embed(books, { inputType: 'search_document' })
const {
  embeddings: [query = []],
} = await embedder.embed(['a planet of sand'], { inputType: 'search_query' })

const similarity = (vector: readonly number[]): number =>
  vector.reduce((sum, value, index) => sum + value * (query[index] ?? 0), 0)
const candidates = books
  .map((book, index) => ({ book, score: similarity(embeddings[index] ?? []) }))
  .toSorted((a, b) => b.score - a.score)
  .slice(0, 2)
  .map(({ book }) => book)
console.log('candidates:', candidates.length)

const { results } = await cohere.rerank('rerank-v4.0-pro').rerank('spice on a planet of sand', candidates)
for (const { document } of results) console.log(document)

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { styleText } from 'node:util'
import type { CohereProvider } from '@interlingua/cohere'
import type { Connection } from '@interlingua/examples'
import { FilesError } from './files-error.ts'
import { type Passage, readPassages } from './passages.ts'

/** What stands on the command line after `--files`. */
export interface FilesQuestion {
  readonly paths: readonly string[]
  readonly question: string
}

const samples = resolve(import.meta.dirname, '../notes')
const sampleQuestion = 'What did we decide about the ferry?'

// How many passages the search finds, and how many of them the answer may rest on.
const found = 8
const kept = 3

/** Tells files and folders from the words of the question. Without files there are the sample notes. */
export function filesQuestion(words: readonly string[], root: string): FilesQuestion {
  const paths = words.map((word) => resolve(root, word)).filter((path) => existsSync(path))
  const question = words.filter((word) => !existsSync(resolve(root, word)))
  const missing = question.find((word) => /^\S+\.\w{1,5}$/.test(word) || /^\S*[\\/]\S*$/.test(word))
  if (missing !== undefined) throw new FilesError(`There is no file ${resolve(root, missing)}.`)
  if (paths.length > 0 && question.length === 0) {
    throw new FilesError(
      'The question is missing: npm run demo -- --files notes/*.md "What did we decide about the ferry?"',
    )
  }
  return {
    paths: paths.length > 0 ? paths : [samples],
    question: question.join(' ') || sampleQuestion,
  }
}

/** Answers a question from text files: embeddings find passages, reranking chooses, and the answer cites them. */
export async function askFiles(
  { paths, question }: FilesQuestion,
  connection: Connection,
  { root, model, signal }: AskOptions,
): Promise<void> {
  const { cohere } = connection
  const passages = await readPassages(paths, root)
  if (passages.length === 0) throw new FilesError(`There is no text in ${paths.join(', ')}.`)
  console.log(styleText('bold', question))

  const nearest = await search(cohere, passages, question, signal)
  heading(`Search: nearest of ${passages.length} passages, by the cosine of their embeddings`)
  for (const { passage, score } of nearest) row(score, passage)

  const { results } = await cohere.rerank('rerank-v3.5').rerank(
    question,
    nearest.map(({ passage }) => `${passage.title}\n${passage.text}`),
    { topN: kept, signal },
  )
  const best = results.flatMap(({ index, score }) => {
    const passage = nearest[index]?.passage
    return passage ? [{ passage, score }] : []
  })
  heading('Reranked')
  for (const { passage, score } of best) row(score, passage)

  heading('Answer')
  const stream = cohere(model).stream(question, {
    documents: best.map(({ passage: { id, title, text } }) => ({ id, data: { title, text } })),
    citationOptions: { mode: 'FAST' },
    signal,
  })
  // Citations come right after the words that they are about, so that their numbers stand there.
  const cited: string[] = []
  for await (const delta of stream.deltas()) {
    if (delta.type === 'text') process.stdout.write(delta.text)
    if (delta.type !== 'citation') continue
    for (const { id = '' } of delta.citation.sources) {
      if (!cited.includes(id)) cited.push(id)
      process.stdout.write(styleText('cyan', ` [${cited.indexOf(id) + 1}]`))
    }
  }
  const { citations } = await stream.response()

  heading(citations.length > 0 ? 'Sources' : 'It cites nothing.', '\n\n')
  for (const [at, id] of cited.entries()) {
    console.log(`${styleText('cyan', `[${at + 1}]`)} ${id}`)
    for (const { text, sources } of citations) {
      if (sources.some((source) => source.id === id)) console.log(styleText('dim', `    "${text}"`))
    }
  }
}

/** How files are asked. */
export interface AskOptions {
  /** What the names of files are told from. */
  readonly root: string
  readonly model: string
  readonly signal: AbortSignal
}

interface Scored {
  readonly passage: Passage
  readonly score: number
}

async function search(
  cohere: CohereProvider,
  passages: readonly Passage[],
  question: string,
  signal: AbortSignal,
): Promise<readonly Scored[]> {
  const embedder = cohere.embed('embed-v4.0')
  const texts = passages.map(({ title, text }) => `${title}\n${text}`)
  const [{ embeddings }, asked] = await Promise.all([
    embedder.embed(texts, { inputType: 'search_document', signal }),
    embedder.embed([question], { inputType: 'search_query', signal }),
  ])
  const [query = []] = asked.embeddings
  return passages
    .map((passage, index) => ({ passage, score: cosine(embeddings[index] ?? [], query) }))
    .toSorted((one, other) => other.score - one.score)
    .slice(0, found)
}

function cosine(one: readonly number[], other: readonly number[]): number {
  let [product, length, otherLength] = [0, 0, 0]
  for (const [at, value] of one.entries()) {
    const beside = other[at] ?? 0
    product += value * beside
    length += value * value
    otherLength += beside * beside
  }
  return product / Math.sqrt(length * otherLength || 1)
}

function heading(text: string, before = '\n'): void {
  console.log(`${before}${styleText('bold', text)}`)
}

function row(score: number, { id, text }: Passage): void {
  const start = text.length > 70 ? `${text.slice(0, 69)}…` : text
  console.log(`  ${score.toFixed(3)}  ${id.padEnd(30)} ${styleText('dim', start)}`)
}

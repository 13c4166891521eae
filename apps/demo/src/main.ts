import { parseArgs } from 'node:util'
import { defineCall, isInterlinguaError, type Model } from '@interlingua/core'
import { connect as connectCohere } from '@interlingua/examples'
import { connect, providerNames } from './answerer.ts'
import { askFiles, filesQuestion } from './ask-files.ts'
import { FilesError } from './files-error.ts'
import { printAnswer } from './print-answer.ts'

const help = `Streams one chat through Interlingua, from Cohere and from OpenAI, and prints what it brought.

  npm run demo                              recommend a fantasy book
  npm run demo -- "your prompt"             ask something else
  npm run demo -- --provider openai         ask one of them
  npm run demo -- --provider groq --model openai/gpt-oss-20b
  npm run demo -- --provider ollama --model qwen3:4b --base-url http://localhost:11434/v1
  npm run demo -- --files                   ask sample notes of Cohere: search, rerank and a cited answer
  npm run demo -- --files notes/*.md "What did we decide about the ferry?"
                                            ask text files, or folders of them, of your own

Providers: ${providerNames.join(', ')}.

With its key in the environment (CO_API_KEY, OPENAI_API_KEY …), or with --base-url, the provider itself answers. Without, a
local simulator does: it speaks the provider's protocol, quotes files and knows a catalogue of books, and there is no language model in it.`

/** The same for every provider: nothing here knows whose model it is. */
async function answer(model: Model, question: string, signal: AbortSignal): Promise<void> {
  const recommendBook = defineCall({ model, signal, prompt: (genre: string) => `Recommend a ${genre} book` })
  const ask = defineCall({ model, signal, prompt: (asked: string) => asked })
  await printAnswer(question ? ask.stream(question) : recommendBook.stream('fantasy'))
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      provider: { type: 'string' },
      model: { type: 'string' },
      'base-url': { type: 'string' },
      files: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(help)

  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())

  if (values.files) return askCohere(positionals, values.model ?? 'command-a-03-2025', stop.signal)

  const { provider, model, 'base-url': baseURL } = values
  // A model, or an address, is one provider's: Cohere's, unless it is said whose.
  const isOne = model !== undefined || baseURL !== undefined
  const asked = provider !== undefined ? [provider] : isOne ? ['cohere'] : ['cohere', 'openai']
  for (const [index, name] of asked.entries()) {
    await using answerer = await connect({ provider: name, model, baseURL })
    console.log(`${index > 0 ? '\n' : ''}${answerer.description}\n`)
    await answer(answerer.model, positionals.join(' '), stop.signal)
  }
  if (positionals.length === 0)
    console.log('\nAsk files of yours next: npm run demo -- --files notes/*.md "your question"')
}

/** Search, reranking and cited documents are Cohere's. */
async function askCohere(words: readonly string[], model: string, signal: AbortSignal): Promise<void> {
  await using connection = await connectCohere({ pace: { firstTokenMs: 250, tokensPerSecond: 40 } })
  console.log(`${connection.description}\n`)
  // npm runs scripts in the folder of the repository, and says where it was called.
  const root = process.env['INIT_CWD'] ?? process.cwd()
  await askFiles(filesQuestion(words, root), connection, { root, model, signal })
}

// Whoever reads the output may stop reading, as `head` does.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1))

try {
  await main()
} catch (error) {
  console.error('\n%s', explain(error))
  process.exitCode = 1
}

/** A wrong flag is the user's to mend, as is whatever an Interlingua error tells; anything else is a bug of ours. */
function explain(error: unknown): unknown {
  if (isInterlinguaError(error)) return error.code === 'aborted' ? 'Stopped.' : error.message
  if (error instanceof FilesError) return error.message
  if (error instanceof TypeError && 'code' in error) return `${error.message}\n\n${help}`
  return error
}

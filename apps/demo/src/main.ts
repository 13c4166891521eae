import { parseArgs } from 'node:util'
import { defineCall, isInterlinguaError } from '@interlingua/core'
import { connect } from '@interlingua/examples'
import { askFiles, filesQuestion } from './ask-files.ts'
import { FilesError } from './files-error.ts'
import { printAnswer } from './print-answer.ts'

const help = `Streams one chat through Interlingua and prints what it brought.

  npm run demo                              recommend a fantasy book
  npm run demo -- "your prompt"             ask something else
  npm run demo -- --model command-r7b-12-2024
  npm run demo -- --files                   ask sample notes: search, rerank and a cited answer
  npm run demo -- --files notes/*.md "What did we decide about the ferry?"
                                            ask text files, or folders of them, of your own

With CO_API_KEY or COHERE_API_KEY in the environment Cohere answers. Without one, a local simulator does: it speaks
Cohere's protocol, quotes files and knows a catalogue of books, and there is no language model in it.`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      model: { type: 'string', default: 'command-a-03-2025' },
      files: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(help)

  await using connection = await connect({ pace: { firstTokenMs: 250, tokensPerSecond: 40 } })
  console.log(`${connection.description}\n`)

  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())

  if (values.files) {
    // npm runs scripts in the folder of the repository, and says where it was called.
    const root = process.env['INIT_CWD'] ?? process.cwd()
    await askFiles(filesQuestion(positionals, root), connection, { root, model: values.model, signal: stop.signal })
    return
  }

  const model = connection.cohere(values.model)
  const recommendBook = defineCall({
    model,
    signal: stop.signal,
    prompt: (genre: string) => `Recommend a ${genre} book`,
  })
  const ask = defineCall({ model, signal: stop.signal, prompt: (question: string) => question })

  const question = positionals.join(' ')
  await printAnswer(question ? ask.stream(question) : recommendBook.stream('fantasy'))
  if (!question) console.log('\nAsk files of yours next: npm run demo -- --files notes/*.md "your question"')
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

import { createCohere } from '@interlingua/cohere'
import { isInterlinguaError } from '@interlingua/core'
import { createOpenAI } from '@interlingua/openai'

/** What came of one case: `undefined` where it is as it has to be, else what is wrong. */
export interface CaseResult {
  readonly name: string
  readonly problem: string | undefined
}

/** What the simulator's scripts go by: the model's name. */
export const scripted = { truncated: 'scripted-truncation', open: 'scripted-open' } as const

const model = 'command-a-03-2025'
const question = 'Recommend a fantasy book'
const weather = {
  name: 'weather',
  description: 'Tells the weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}

/** The same few cases everywhere, against a simulator at this address. Web standards only. */
export async function runSuite(baseURL: string): Promise<CaseResult[]> {
  const cohere = createCohere({ apiKey: 'a-key-for-tests', baseURL })
  const cases: Readonly<Record<string, () => Promise<string | undefined>>> = {
    'stream and call agree': async () => {
      const stream = cohere(model).stream(question)
      let text = ''
      for await (const [chunk] of stream) text += chunk.content
      const called = await cohere(model).call(question)
      if (text.length < 20) return `the text ${JSON.stringify(text)}`
      return text === called.content ? undefined : 'other texts'
    },
    'OpenAI, chat completions and Responses': async () => {
      const options = { apiKey: 'a-key-for-tests', baseURL: `${baseURL}/v1` }
      const [chat, responses] = [createOpenAI({ ...options, api: 'chat' }), createOpenAI(options)]
      const texts = await Promise.all(
        [chat('gpt-5-mini'), responses('gpt-5-mini')].flatMap((each) => [
          each.stream(question).response(),
          each.call(question),
        ]),
      )
      const different = new Set(texts.map(({ content }) => content)).size
      return different === 1 && texts.every(({ content }) => content.length > 20)
        ? undefined
        : `the texts ${JSON.stringify(texts.map(({ content }) => content))}`
    },
    tools: async () => {
      const { toolCalls } = await cohere(model)
        .stream('What is the weather in Rome?', { tools: [weather] })
        .response()
      const [call] = toolCalls
      return call?.name === 'weather' && JSON.stringify(call.args) === '{"city":"Rome"}'
        ? undefined
        : JSON.stringify(toolCalls)
    },
    abort: async () => {
      const stop = new AbortController()
      const stream = cohere(scripted.open).stream(question, { signal: stop.signal })
      try {
        for await (const [chunk] of stream) if (chunk.content) stop.abort()
      } catch (error) {
        if (isInterlinguaError(error) && error.code === 'aborted' && error.partial?.content) return undefined
        return String(error)
      }
      return 'it ended well'
    },
    break: async () => {
      const stream = cohere(scripted.open).stream(question)
      for await (const [chunk] of stream) if (chunk.content) break
      return stream.partial.content === '' ? 'the partial response is gone' : undefined
    },
    truncation: async () => {
      const error: unknown = await cohere(scripted.truncated)
        .stream(question)
        .response()
        .catch((thrown: unknown) => thrown)
      return isInterlinguaError(error) && error.code === 'truncated' && error.partial?.content
        ? undefined
        : String(error)
    },
    'a wrong key': async () => {
      const error: unknown = await createCohere({ apiKey: 'invalid', baseURL })(model)
        .call(question)
        .catch((thrown: unknown) => thrown)
      return isInterlinguaError(error) && error.code === 'authentication' ? undefined : String(error)
    },
  }
  const results: CaseResult[] = []
  for (const [name, run] of Object.entries(cases)) {
    const problem = await run().catch((error: unknown) => `threw ${String(error)}`)
    results.push({ name, problem })
  }
  return results
}

import { describe, test } from 'vitest'
import { createOpenAI, openai } from '../src/index.ts'

const chat = createOpenAI({ api: 'chat' })('gpt-5-mini')
const responses = openai('gpt-5-mini')
const groq = createOpenAI({ dialect: 'groq' })('any')

describe('a provider refuses', () => {
  test('what it does not know', () => {
    // @ts-expect-error no such server; one that is not listed is described by an object
    createOpenAI({ dialect: 'grok' })
    // @ts-expect-error a server needs a name for its errors
    createOpenAI({ dialect: { name: 'ours' } })
    // @ts-expect-error the APIs are `chat` and `responses`
    createOpenAI({ api: 'completions' })
    // @ts-expect-error it is `baseURL`
    createOpenAI({ baseUrl: 'http://localhost:8080/v1' })
    // @ts-expect-error deadlines have names
    createOpenAI({ timeout: 30_000 })
    // @ts-expect-error `retry` is `false` or how to
    createOpenAI({ retry: true })
    // @ts-expect-error what is given as a client has to be one
    createOpenAI({ client: { apiKey: 'key' } })
    // @ts-expect-error a model has an id
    openai()
  })
})

describe('chat completions refuse', () => {
  test('parameters of the wrong kind', () => {
    // @ts-expect-error a list
    void chat.call('Hi', { stop: 'END' })
    // @ts-expect-error a number
    void chat.call('Hi', { temperature: '0.5' })
    // @ts-expect-error it is `maxTokens` with every provider
    void chat.call('Hi', { max_tokens: 5 })
    // @ts-expect-error the neutral name is `toolChoice`
    void chat.call('Hi', { tool_choice: 'auto' })
    // @ts-expect-error a format has a voice beside it
    void chat.call('Hi', { audio: { format: 'wav' } })
    // @ts-expect-error no such format of sound
    void chat.call('Hi', { audio: { voice: 'alloy', format: 'ogg' } })
    // @ts-expect-error no such modality
    void chat.call('Hi', { modalities: ['video'] })
    // @ts-expect-error the type of a form is not left out
    void chat.call('Hi', { responseFormat: { jsonSchema: {} } })
    // @ts-expect-error a grammar is of one of two kinds
    void chat.call('Hi', { customTools: [{ name: 'sql', grammar: { syntax: 'peg', definition: '' } }] })
    // @ts-expect-error texts
    void chat.call('Hi', { requestMetadata: { attempt: 1 } })
    // @ts-expect-error of the Responses API
    void chat.call('Hi', { previousResponseId: 'resp_1' })
    // @ts-expect-error Cohere's
    void chat.call('Hi', { citationOptions: { mode: 'FAST' } })
    // @ts-expect-error a server that speaks OpenAI's protocol has its parameters
    void groq.call('Hi', { safetyMode: 'STRICT' })
  })

  test('messages that are none', () => {
    // @ts-expect-error the role is `system`; `systemRole` says how it is sent
    void chat.call([{ role: 'developer', content: 'Be brief' }])
    void chat.call([
      // @ts-expect-error the neutral part is `{ type: 'image', url }`
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
    ])
    // @ts-expect-error the neutral name is `toolCallId`
    void chat.call([{ role: 'tool', tool_call_id: 'call_1', content: 'Rain' }])
    // @ts-expect-error bytes have a media type
    void chat.call([{ role: 'user', content: [{ type: 'audio', data: new Uint8Array() }] }])
  })
})

describe('the Responses API refuses', () => {
  test('what it has not, or under another name', () => {
    // @ts-expect-error one answer
    void responses.call('Hi', { n: 2 })
    // @ts-expect-error it has no seed
    void responses.call('Hi', { logitBias: { 5: 1 } })
    // @ts-expect-error it is `storedPrompt`, since a call has a `prompt` of its own
    void responses.call('Hi', { prompt: { id: 'pmpt_1' } })
    // @ts-expect-error no such thing to include
    void responses.call('Hi', { include: ['everything'] })
    // @ts-expect-error `auto` or `disabled`
    void responses.call('Hi', { truncation: true })
    // @ts-expect-error a conversation has an id
    void responses.call('Hi', { conversation: {} })
    // @ts-expect-error it is `maxTokens` with every provider
    void responses.call('Hi', { maxOutputTokens: 5 })
    // @ts-expect-error no such kind of tool
    void responses.call('Hi', { builtInTools: [{ type: 'telepathy' }] })
  })
})

describe('embeddings refuse', () => {
  const model = openai.embed('text-embedding-3-small')

  test('options of another provider, and other encodings', () => {
    // @ts-expect-error Cohere's
    void model.embed(['a'], { inputType: 'search_query' })
    // @ts-expect-error `float` or `base64`
    void model.embed(['a'], { encodingFormat: 'int8' })
    // @ts-expect-error a list of inputs
    void model.embed('a')
  })
})

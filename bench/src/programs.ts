import type { Wire } from './answer.ts'

/** A minimal program that streams a chat to the console. `BASE` is replaced by the address of the server. */
export interface Program {
  readonly name: string
  readonly wire: Wire
  readonly kind: 'ours' | 'floor' | 'peer'
  /** What it imports. */
  readonly packages: readonly string[]
  readonly source: string
}

const ask = (call: string, show: string): string =>
  `for await (const chunk of ${call}) { const text = ${show}; if (text) process.stdout.write(text) }`

export const programs: readonly Program[] = [
  {
    name: 'eventsource-parser, by hand',
    wire: 'cohere',
    kind: 'floor',
    packages: ['eventsource-parser'],
    source: `import { createParser } from 'eventsource-parser'
const body = JSON.stringify({ model: 'command-a-03-2025', messages: [{ role: 'user', content: 'Hi' }], stream: true })
const response = await fetch('BASE/v2/chat', { method: 'POST', headers: { authorization: 'Bearer key' }, body })
const parser = createParser({ onEvent: ({ data }) => {
  if (data === '[DONE]') return
  const text = JSON.parse(data).delta?.message?.content?.text
  if (text) process.stdout.write(text)
} })
const decoder = new TextDecoder()
for await (const bytes of response.body) parser.feed(decoder.decode(bytes, { stream: true }))`,
  },
  {
    name: 'interlingua, Cohere',
    wire: 'cohere',
    kind: 'ours',
    packages: ['@interlingua/core', '@interlingua/cohere'],
    source: `import { createCohere } from '@interlingua/cohere'
const cohere = createCohere({ apiKey: 'key', baseURL: 'BASE' })
${ask(`cohere('command-a-03-2025').stream('Hi').text()`, 'chunk')}`,
  },
  {
    name: 'cohere-ai',
    wire: 'cohere',
    kind: 'peer',
    packages: ['cohere-ai'],
    source: `import { CohereClientV2 } from 'cohere-ai'
const client = new CohereClientV2({ token: 'key', environment: 'BASE' })
const request = { model: 'command-a-03-2025', messages: [{ role: 'user', content: 'Hi' }] }
${ask('await client.chatStream(request)', `chunk.type === 'content-delta' && chunk.delta.message.content.text`)}`,
  },
  {
    name: 'ai + @ai-sdk/cohere',
    wire: 'cohere',
    kind: 'peer',
    packages: ['ai', '@ai-sdk/cohere'],
    source: `import { createCohere } from '@ai-sdk/cohere'
import { streamText } from 'ai'
const model = createCohere({ apiKey: 'key', baseURL: 'BASE/v2' })('command-a-03-2025')
${ask(`streamText({ model, prompt: 'Hi' }).textStream`, 'chunk')}`,
  },
  {
    name: '@langchain/cohere',
    wire: 'cohere',
    kind: 'peer',
    packages: ['@langchain/core', '@langchain/cohere'],
    source: `import { ChatCohere } from '@langchain/cohere'
import { CohereClient } from 'cohere-ai'
const model = new ChatCohere({ client: new CohereClient({ token: 'key', environment: 'BASE' }), model: 'command-a-03-2025' })
${ask(`await model.stream('Hi')`, 'chunk.content')}`,
  },
  {
    name: 'interlingua, OpenAI',
    wire: 'openai',
    kind: 'ours',
    packages: ['@interlingua/core', '@interlingua/openai'],
    source: `import { createOpenAI } from '@interlingua/openai'
const openai = createOpenAI({ apiKey: 'key', baseURL: 'BASE/v1' })
${ask(`openai('gpt-5').stream('Hi').text()`, 'chunk')}`,
  },
  {
    name: 'openai',
    wire: 'openai',
    kind: 'peer',
    packages: ['openai'],
    source: `import OpenAI from 'openai'
const client = new OpenAI({ apiKey: 'key', baseURL: 'BASE/v1', dangerouslyAllowBrowser: true })
const request = { model: 'gpt-5', messages: [{ role: 'user', content: 'Hi' }], stream: true }
${ask('await client.chat.completions.create(request)', 'chunk.choices[0]?.delta.content')}`,
  },
  {
    name: 'ai + @ai-sdk/openai',
    wire: 'openai',
    kind: 'peer',
    packages: ['ai', '@ai-sdk/openai'],
    source: `import { createOpenAI } from '@ai-sdk/openai'
import { streamText } from 'ai'
const model = createOpenAI({ apiKey: 'key', baseURL: 'BASE/v1' }).chat('gpt-5')
${ask(`streamText({ model, prompt: 'Hi' }).textStream`, 'chunk')}`,
  },
  {
    name: '@langchain/openai',
    wire: 'openai',
    kind: 'peer',
    packages: ['@langchain/core', '@langchain/openai'],
    source: `import { ChatOpenAI } from '@langchain/openai'
const model = new ChatOpenAI({ apiKey: 'key', model: 'gpt-5', configuration: { baseURL: 'BASE/v1', dangerouslyAllowBrowser: true } })
${ask(`await model.stream('Hi')`, 'chunk.content')}`,
  },
  {
    name: '@ax-llm/ax',
    wire: 'openai',
    kind: 'peer',
    packages: ['@ax-llm/ax'],
    source: `import { ai } from '@ax-llm/ax'
const model = ai({ name: 'openai', apiKey: 'key', apiURL: 'BASE/v1', config: { model: 'gpt-5' } })
const reader = (await model.chat({ chatPrompt: [{ role: 'user', content: 'Hi' }] }, { stream: true })).getReader()
for (;;) {
  const { done, value } = await reader.read()
  if (done) break
  process.stdout.write(value.results[0]?.content ?? '')
}`,
  },
  {
    name: '@tanstack/ai + ai-openai',
    wire: 'openai',
    kind: 'peer',
    packages: ['@tanstack/ai', '@tanstack/ai-openai'],
    source: `import { chat } from '@tanstack/ai'
import { createOpenaiChatCompletions } from '@tanstack/ai-openai'
const adapter = createOpenaiChatCompletions('gpt-5', 'key', { baseURL: 'BASE/v1', dangerouslyAllowBrowser: true })
${ask(`chat({ adapter, messages: [{ role: 'user', content: 'Hi' }] })`, `chunk.type === 'TEXT_MESSAGE_CONTENT' && chunk.delta`)}`,
  },
]

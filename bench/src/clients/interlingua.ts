import { jsonSchema, type Model, type ProviderTypes, type StreamOf, structured } from '@interlingua/core'
import { createNodeFetch } from '@interlingua/core/node'
import type { Answer, Connected, OnFirst, Wire } from '../answer.ts'
import type { Document } from '../sent.ts'
import { documentSchema } from './document-schema.ts'

type Read = (stream: StreamOf<ProviderTypes>, onFirst?: OnFirst) => Promise<Answer>

/** The ways to read a stream. */
const views = {
  'for await (const [chunk] of stream)': async (stream, onFirst) => {
    let text = ''
    for await (const [chunk] of stream) {
      const piece = chunk.content
      if (piece === '') continue
      if (text === '') await onFirst?.()
      text += piece
    }
    return { text, inputTokens: stream.usage.inputTokens }
  },
  'text()': async (stream, onFirst) => {
    let text = ''
    for await (const piece of stream.text()) {
      if (text === '') await onFirst?.()
      text += piece
    }
    return { text, inputTokens: stream.usage.inputTokens }
  },
  'deltas()': async (stream, onFirst) => {
    let text = ''
    for await (const delta of stream.deltas()) {
      if (delta.type !== 'text' || delta.text === '') continue
      if (text === '') await onFirst?.()
      text += delta.text
    }
    return { text, inputTokens: stream.usage.inputTokens }
  },
  'response()': async (stream) => {
    const { content, usage } = await stream.response()
    return { text: content, inputTokens: usage.inputTokens }
  },
} satisfies Record<string, Read>

export type View = keyof typeof views

/** What carries the requests: the platform's `fetch`, ours over `node:http`, or the vendor's client. */
type Transport = 'fetch' | 'node:http' | 'the vendor’s client'

async function modelAt(url: string, wire: Wire, transport: Transport): Promise<Model> {
  const way = transport === 'node:http' ? { fetch: createNodeFetch() } : {}
  const isThrough = transport === 'the vendor’s client'
  if (wire === 'cohere') {
    const { createCohere } = await import('@interlingua/cohere')
    if (!isThrough) return createCohere({ apiKey: 'key', baseURL: url, ...way })('command-a-03-2025')
    const { CohereClientV2 } = await import('cohere-ai')
    const client = new CohereClientV2({ token: 'key', environment: url })
    return createCohere({ client, baseURL: url })('command-a-03-2025')
  }
  const { createOpenAI } = await import('@interlingua/openai')
  const api = wire === 'openai' ? 'chat' : 'responses'
  const options = { apiKey: 'key', baseURL: `${url}/v1` }
  if (!isThrough) return createOpenAI({ ...options, ...way, api })('gpt-5')
  const { default: OpenAI } = await import('openai')
  return createOpenAI({ client: new OpenAI(options), api })('gpt-5')
}

const saving = { tools: [{ name: 'save', description: 'Saves.', parameters: documentSchema }] }

export async function connectInterlingua(
  baseURL: string,
  wire: Wire,
  view: View,
  transport: Transport,
): Promise<Connected> {
  const model = await modelAt(baseURL, wire, transport)
  const output = structured(model, jsonSchema<Document>(documentSchema))
  const read: Read = views[view]
  return {
    stream: (onFirst) => read(model.stream('Hi'), onFirst),
    call: async () => {
      const { content, usage } = await model.call('Hi')
      return { text: content, inputTokens: usage.inputTokens }
    },
    object: async (onPartial) => {
      let last: unknown
      for await (const partial of output.stream('Hi').partials()) {
        last = partial
        onPartial()
      }
      return last
    },
    tool: async (onPartial) => {
      let last: unknown
      for await (const { args } of model.stream('Hi', saving).tools({ partial: true })) {
        last = args
        onPartial()
      }
      return last
    },
  }
}

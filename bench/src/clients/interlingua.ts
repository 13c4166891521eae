import type { Model, ProviderTypes, StreamOf } from '@interlingua/core'
import { createNodeFetch } from '@interlingua/core/node'
import type { Answer, Client, Connected, Wire } from '../answer.ts'

type Read = (stream: StreamOf<ProviderTypes>, onFirst?: () => void | Promise<void>) => Promise<Answer>

const views: Readonly<Record<string, Read>> = {
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
}

/** What carries the requests: the platform's `fetch`, ours over `node:http`, or the vendor's client. */
export type Transport = 'fetch' | 'node:http' | 'the vendor’s client'

/** The option that makes requests of ours go over a transport. */
export function fetchOver(transport: Transport): { readonly fetch?: typeof globalThis.fetch } {
  return transport === 'node:http' ? { fetch: createNodeFetch() } : {}
}

/** All ways to read a stream of ours, and one of them over each other transport. */
export function ways(wire: Wire, connect: (baseURL: string, transport: Transport) => Model): readonly Client[] {
  const client = (name: string, read: Read, transport: Transport): Client => ({
    name: `interlingua, ${name}`,
    wire,
    kind: 'ours',
    connect: (baseURL): Connected => {
      const model = connect(baseURL, transport)
      return {
        stream: (onFirst) => read(model.stream('Hi'), onFirst),
        call: async () => {
          const { content, usage } = await model.call('Hi')
          return { text: content, inputTokens: usage.inputTokens }
        },
      }
    },
  })
  const entries = Object.entries(views)
  const [[first, read] = ['', views['text()'] as Read]] = entries
  return [
    ...entries.map(([name, view]) => client(name, view, 'fetch')),
    client(`${first}, over node:http`, read, 'node:http'),
    client(`${first}, through the vendor’s client`, read, 'the vendor’s client'),
  ]
}

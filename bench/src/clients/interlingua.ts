import type { Model, ProviderTypes, StreamOf } from '@interlingua/core'
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

/** All ways to read a stream of ours, and one of them through the vendor's client. */
export function ways(wire: Wire, connect: (baseURL: string, throughSdk: boolean) => Model): readonly Client[] {
  const client = (name: string, read: Read, throughSdk: boolean): Client => ({
    name: `interlingua, ${name}`,
    wire,
    kind: 'ours',
    connect: (baseURL): Connected => {
      const model = connect(baseURL, throughSdk)
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
    ...entries.map(([name, view]) => client(name, view, false)),
    client(`${first}, through the vendor’s client`, read, true),
  ]
}

import { CohereClientV2 } from 'cohere-ai'
import OpenAI from 'openai'
import type { Client } from '../answer.ts'

export const cohereSdk: Client = {
  name: 'cohere-ai',
  wire: 'cohere',
  kind: 'peer',
  connect: (baseURL) => {
    const client = new CohereClientV2({ token: 'key', environment: baseURL })
    const request = { model: 'command-a-03-2025', messages: [{ role: 'user' as const, content: 'Hi' }] }
    return {
      stream: async (onFirst) => {
        let text = ''
        let inputTokens: number | undefined
        for await (const event of await client.chatStream(request)) {
          if (event.type === 'content-delta') {
            const piece = event.delta?.message?.content?.text ?? ''
            if (text === '') await onFirst?.()
            text += piece
          } else if (event.type === 'message-end') inputTokens = event.delta?.usage?.tokens?.inputTokens
        }
        return { text, inputTokens }
      },
      call: async () => {
        const { message, usage } = await client.chat(request)
        const [part] = message.content ?? []
        return { text: part?.type === 'text' ? part.text : '', inputTokens: usage?.tokens?.inputTokens }
      },
    }
  },
}

export const openAISdk: Client = {
  name: 'openai',
  wire: 'openai',
  kind: 'peer',
  connect: (baseURL) => {
    const client = new OpenAI({ apiKey: 'key', baseURL: `${baseURL}/v1`, maxRetries: 0 })
    const request = { model: 'gpt-5', messages: [{ role: 'user' as const, content: 'Hi' }] }
    return {
      stream: async (onFirst) => {
        let text = ''
        let inputTokens: number | undefined
        const options = { stream: true, stream_options: { include_usage: true } } as const
        for await (const chunk of await client.chat.completions.create({ ...request, ...options })) {
          const piece = chunk.choices[0]?.delta.content
          if (piece) {
            if (text === '') await onFirst?.()
            text += piece
          }
          if (chunk.usage) inputTokens = chunk.usage.prompt_tokens
        }
        return { text, inputTokens }
      },
      call: async () => {
        const { choices, usage } = await client.chat.completions.create(request)
        return { text: choices[0]?.message.content ?? '', inputTokens: usage?.prompt_tokens }
      },
    }
  },
}

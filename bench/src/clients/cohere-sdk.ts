import { CohereClientV2 } from 'cohere-ai'
import type { Connected } from '../answer.ts'

export function connectCohereSdk(baseURL: string): Connected {
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
}

import { chat } from '@tanstack/ai'
import { createOpenaiChatCompletions } from '@tanstack/ai-openai'
import type { Connected } from '../answer.ts'

export function connectTanstack(baseURL: string): Connected {
  const adapter = createOpenaiChatCompletions('gpt-5', 'key', { baseURL: `${baseURL}/v1`, maxRetries: 0 })
  return {
    stream: async (onFirst) => {
      let text = ''
      let inputTokens: number | undefined
      for await (const chunk of chat({ adapter, messages: [{ role: 'user', content: 'Hi' }] })) {
        const type: string = chunk.type
        if ('delta' in chunk && type === 'TEXT_MESSAGE_CONTENT') {
          if (text === '') await onFirst?.()
          text += chunk.delta
        } else if ('usage' in chunk) inputTokens = promptTokensIn(chunk.usage) ?? inputTokens
        else if (type === 'RUN_ERROR') throw new Error(JSON.stringify(chunk))
      }
      return { text, inputTokens }
    },
  }
}

function promptTokensIn(usage: unknown): number | undefined {
  return (usage as { readonly promptTokens?: number } | undefined)?.promptTokens
}

import { ChatCohere } from '@langchain/cohere'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { ChatOpenAI } from '@langchain/openai'
import { CohereClient } from 'cohere-ai'
import type { UsageMetadata } from '@langchain/core/messages'
import type { Client, Wire } from '../answer.ts'

function modelAt(wire: Wire, baseURL: string): BaseChatModel {
  if (wire === 'cohere') {
    const client = new CohereClient({ token: 'key', environment: baseURL })
    return new ChatCohere({ client: client as never, model: 'command-a-03-2025', maxRetries: 0 })
  }
  return new ChatOpenAI({
    apiKey: 'key',
    model: 'gpt-5',
    configuration: { baseURL: `${baseURL}/v1` },
    maxRetries: 0,
  })
}

/** Its Cohere speaks v1, which says the same in fewer bytes. */
export function langchain(wire: Wire): Client {
  return {
    name: `@langchain/${wire}${wire === 'cohere' ? ' (v1 chat)' : ''}`,
    wire,
    kind: 'peer',
    connect: (baseURL) => {
      const model = modelAt(wire, baseURL)
      return {
        stream: async (onFirst) => {
          let text = ''
          let inputTokens: number | undefined
          for await (const chunk of await model.stream('Hi')) {
            if (typeof chunk.content === 'string' && chunk.content !== '') {
              if (text === '') await onFirst?.()
              text += chunk.content
            }
            inputTokens = usageOf(chunk)?.input_tokens ?? inputTokens
          }
          return { text, inputTokens }
        },
        call: async () => {
          const message = await model.invoke('Hi')
          const { content } = message
          return { text: typeof content === 'string' ? content : '', inputTokens: usageOf(message)?.input_tokens }
        },
      }
    },
  }
}

function usageOf(message: object): UsageMetadata | undefined {
  return (message as { readonly usage_metadata?: UsageMetadata }).usage_metadata
}

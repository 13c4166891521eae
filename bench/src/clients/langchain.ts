import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { AIMessageChunk, UsageMetadata } from '@langchain/core/messages'
import type { Connected } from '../answer.ts'
import type { Document } from '../sent.ts'
import { documentSchema } from './document-schema.ts'

export async function connectLangchainCohere(baseURL: string): Promise<Connected> {
  const { ChatCohere } = await import('@langchain/cohere')
  const { CohereClient } = await import('cohere-ai')
  const client = new CohereClient({ token: 'key', environment: baseURL })
  return connect(new ChatCohere({ client: client as never, model: 'command-a-03-2025', maxRetries: 0 }))
}

export async function connectLangchainOpenAI(baseURL: string): Promise<Connected> {
  const { ChatOpenAI } = await import('@langchain/openai')
  const configuration = { baseURL: `${baseURL}/v1` }
  const model = new ChatOpenAI({ apiKey: 'key', model: 'gpt-5', configuration, maxRetries: 0 })
  const schema = documentSchema as Record<string, unknown>
  const output = model.withStructuredOutput<Document & Record<string, unknown>>(schema, {
    name: 'document',
    method: 'jsonMode',
  })
  const saving = model.bindTools([{ type: 'function', function: { name: 'save', parameters: schema } }])
  return {
    ...connect(model),
    object: async (onPartial) => {
      let last: unknown
      for await (const partial of await output.stream('Hi')) {
        last = partial
        onPartial()
      }
      return last
    },
    tool: async (onPartial) => {
      let whole: AIMessageChunk | undefined
      for await (const chunk of await saving.stream('Hi')) {
        whole = whole ? whole.concat(chunk) : chunk
        onPartial()
      }
      return whole?.tool_calls?.[0]?.args
    },
  }
}

function connect(model: BaseChatModel): Connected {
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
}

function usageOf(message: object): UsageMetadata | undefined {
  return (message as { readonly usage_metadata?: UsageMetadata }).usage_metadata
}

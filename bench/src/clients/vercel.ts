import { generateText, jsonSchema, type LanguageModel, Output, streamText } from 'ai'
import type { Connected, ReadStream, Wire } from '../answer.ts'
import type { Document } from '../sent.ts'
import { documentSchema } from './document-schema.ts'

async function modelAt(baseURL: string, wire: Wire): Promise<LanguageModel> {
  if (wire === 'cohere') {
    const { createCohere } = await import('@ai-sdk/cohere')
    return createCohere({ apiKey: 'key', baseURL: `${baseURL}/v2` })('command-a-03-2025')
  }
  const { createOpenAI } = await import('@ai-sdk/openai')
  const openai = createOpenAI({ apiKey: 'key', baseURL: `${baseURL}/v1` })
  return wire === 'openai' ? openai.chat('gpt-5') : openai.responses('gpt-5')
}

function fullStream(model: LanguageModel): ReadStream {
  return async (onFirst) => {
    let text = ''
    let inputTokens: number | undefined
    for await (const part of streamText({ model, prompt: 'Hi', maxRetries: 0 }).fullStream) {
      if (part.type === 'text-delta') {
        if (text === '') await onFirst?.()
        text += part.text
      } else if (part.type === 'finish') inputTokens = part.totalUsage.inputTokens
      else if (part.type === 'error') throw part.error
    }
    return { text, inputTokens }
  }
}

function textStream(model: LanguageModel): ReadStream {
  return async (onFirst) => {
    let text = ''
    const result = streamText({ model, prompt: 'Hi', maxRetries: 0 })
    for await (const piece of result.textStream) {
      if (text === '') await onFirst?.()
      text += piece
    }
    return { text, inputTokens: (await result.usage).inputTokens }
  }
}

const output = Output.object({ schema: jsonSchema<Document>(documentSchema) })

export async function connectVercel(
  baseURL: string,
  wire: Wire,
  view: 'fullStream' | 'textStream',
): Promise<Connected> {
  const model = await modelAt(baseURL, wire)
  return {
    stream: view === 'fullStream' ? fullStream(model) : textStream(model),
    call: async () => {
      const { text, usage } = await generateText({ model, prompt: 'Hi', maxRetries: 0 })
      return { text, inputTokens: usage.inputTokens }
    },
    object: async (onPartial) => {
      let last: unknown
      for await (const partial of streamText({ model, output, prompt: 'Hi', maxRetries: 0 }).partialOutputStream) {
        last = partial
        onPartial()
      }
      return last
    },
  }
}

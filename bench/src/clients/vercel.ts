import { createCohere } from '@ai-sdk/cohere'
import { createOpenAI } from '@ai-sdk/openai'
import { generateText, type LanguageModel, streamText } from 'ai'
import type { Client, Connected, Wire } from '../answer.ts'

function modelAt(wire: Wire, baseURL: string): LanguageModel {
  if (wire === 'cohere') return createCohere({ apiKey: 'key', baseURL: `${baseURL}/v2` })('command-a-03-2025')
  return createOpenAI({ apiKey: 'key', baseURL: `${baseURL}/v1` }).chat('gpt-5')
}

async function call(model: LanguageModel) {
  const { text, usage } = await generateText({ model, prompt: 'Hi', maxRetries: 0 })
  return { text, inputTokens: usage.inputTokens }
}

function connectFull(model: LanguageModel): Connected {
  return {
    stream: async (onFirst) => {
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
    },
    call: () => call(model),
  }
}

function connectText(model: LanguageModel): Connected {
  return {
    stream: async (onFirst) => {
      let text = ''
      const result = streamText({ model, prompt: 'Hi', maxRetries: 0 })
      for await (const piece of result.textStream) {
        if (text === '') await onFirst?.()
        text += piece
      }
      return { text, inputTokens: (await result.usage).inputTokens }
    },
    call: () => call(model),
  }
}

export function vercel(wire: Wire): readonly Client[] {
  const name = `ai + @ai-sdk/${wire}`
  return [
    { name: `${name}, fullStream`, wire, kind: 'peer', connect: (url) => connectFull(modelAt(wire, url)) },
    { name: `${name}, textStream`, wire, kind: 'peer', connect: (url) => connectText(modelAt(wire, url)) },
  ]
}

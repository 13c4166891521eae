import { ai } from '@ax-llm/ax'
import type { Connected } from '../answer.ts'

export function connectAx(baseURL: string): Connected {
  const model = ai({ name: 'openai', apiKey: 'key', apiURL: `${baseURL}/v1`, config: { model: 'gpt-5' as never } })
  const request = { chatPrompt: [{ role: 'user' as const, content: 'Hi' }] }
  return {
    stream: async (onFirst) => {
      const answer = await model.chat(request, { stream: true })
      if (!(answer instanceof ReadableStream)) throw new Error('not a stream')
      let text = ''
      let inputTokens: number | undefined
      const reader = answer.getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return { text, inputTokens }
        const piece = value.results[0]?.content ?? ''
        if (piece !== '') {
          if (text === '') await onFirst?.()
          text += piece
        }
        inputTokens = value.modelUsage?.tokens?.promptTokens ?? inputTokens
      }
    },
    call: async () => {
      const answer = await model.chat(request, { stream: false })
      if (answer instanceof ReadableStream) throw new Error('a stream')
      return { text: answer.results[0]?.content ?? '', inputTokens: answer.modelUsage?.tokens?.promptTokens }
    },
  }
}

import OpenAI from 'openai'
import type { Connected } from '../answer.ts'
import { documentSchema } from './document-schema.ts'

function clientAt(baseURL: string): OpenAI {
  return new OpenAI({ apiKey: 'key', baseURL: `${baseURL}/v1`, maxRetries: 0 })
}

export function connectOpenAIChat(baseURL: string): Connected {
  const client = clientAt(baseURL)
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
    object: async (onPartial) => {
      let last: unknown
      const json_schema = { name: 'document', strict: true, schema: documentSchema as Record<string, unknown> }
      const stream = client.chat.completions.stream({
        ...request,
        response_format: parsing({ type: 'json_schema' as const, json_schema }),
      })
      stream.on('content.delta', ({ parsed }) => {
        last = parsed
        onPartial()
      })
      await stream.done()
      return last
    },
    tool: async (onPartial) => {
      let last: unknown
      const save = { name: 'save', strict: true, parameters: documentSchema as Record<string, unknown> }
      const stream = client.chat.completions.stream({
        ...request,
        tools: [{ type: 'function', function: save }],
      })
      stream.on('tool_calls.function.arguments.delta', ({ parsed_arguments }) => {
        last = parsed_arguments
        onPartial()
      })
      await stream.done()
      return last
    },
  }
}

/** What the SDK's helper for zod adds, so that it parses what comes. */
function parsing<Format extends object>(format: Format): Format {
  return Object.defineProperties(format, {
    $brand: { value: 'auto-parseable-response-format' },
    $parseRaw: { value: (text: string) => JSON.parse(text) as unknown },
  })
}

export function connectOpenAIResponses(baseURL: string): Connected {
  const client = clientAt(baseURL)
  const request = { model: 'gpt-5', input: 'Hi' }
  return {
    stream: async (onFirst) => {
      let text = ''
      let inputTokens: number | undefined
      for await (const event of await client.responses.create({ ...request, stream: true })) {
        if (event.type === 'response.output_text.delta') {
          if (text === '') await onFirst?.()
          text += event.delta
        } else if (event.type === 'response.completed') inputTokens = event.response.usage?.input_tokens
      }
      return { text, inputTokens }
    },
    call: async () => {
      const { output_text, usage } = await client.responses.create(request)
      return { text: output_text, inputTokens: usage?.input_tokens }
    },
  }
}

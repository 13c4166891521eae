import { expect, test } from 'vitest'
import { createCohere } from '@ai-sdk/cohere'
import { createOpenAI } from '@ai-sdk/openai'
import { isStepCount, type LanguageModel, streamText, tool } from 'ai'
import { z } from 'zod'
import { behind, question, report } from './behind.ts'

/** A conversation that is streamed, in which the model calls a tool and answers with what that gave back. */
async function converse(model: LanguageModel): Promise<void> {
  const cities: string[] = []
  const weather = tool({
    description: 'Tells the weather of a city',
    inputSchema: z.object({ city: z.string() }),
    execute: async ({ city }) => {
      cities.push(city)
      return { report }
    },
  })
  const result = streamText({
    model,
    prompt: question,
    tools: { get_weather: weather },
    stopWhen: isStepCount(3),
    maxRetries: 0,
    onError: ({ error }) => {
      throw error
    },
  })
  let text = ''
  for await (const piece of result.textStream) text += piece
  expect(cities).toEqual(['Paris'])
  expect(text).toMatch(/12/)
  expect(await result.finishReason).toBe('stop')
  expect(((await result.totalUsage).totalTokens ?? 0) > 0).toBe(true)
}

const others: [string, (url: string, apiKey: string) => LanguageModel][] = [
  [
    '@ai-sdk/openai, chat completions, with Cohere behind',
    (url, apiKey) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).chat('cohere/command-a-03-2025'),
  ],
  [
    '@ai-sdk/openai, chat completions, with Cohere that thinks behind',
    (url, apiKey) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).chat('cohere/command-a-reasoning-08-2025'),
  ],
  [
    '@ai-sdk/openai, Responses, with Cohere behind',
    (url, apiKey) => createOpenAI({ baseURL: `${url}/v1`, apiKey })('cohere/command-a-03-2025'),
  ],
  [
    '@ai-sdk/openai, Responses, with Cohere that thinks behind',
    (url, apiKey) => createOpenAI({ baseURL: `${url}/v1`, apiKey })('cohere/command-a-reasoning-08-2025'),
  ],
  [
    '@ai-sdk/cohere, with OpenAI behind',
    (url, apiKey) => createCohere({ baseURL: `${url}/v2`, apiKey })('openai/gpt-4o-mini'),
  ],
  [
    '@ai-sdk/cohere, with Groq behind',
    (url, apiKey) => createCohere({ baseURL: `${url}/v2`, apiKey })('groq/openai/gpt-oss-20b'),
  ],
]

test.each(others)('%s', async (_, modelAt) => {
  await using started = await behind()
  await converse(modelAt(started.url, started.key))
})

import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { promisify } from 'node:util'
import { behind, question, report } from './behind.ts'

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const tools = [
  { type: 'function', function: { name: 'get_weather', description: 'Tells the weather of a city', parameters } },
]

async function curl(url: string, key: string, body: object): Promise<string[]> {
  const { stdout } = await promisify(execFile)('curl', [
    '-sN',
    url,
    '-H',
    `authorization: Bearer ${key}`,
    '-H',
    'content-type: application/json',
    '-d',
    JSON.stringify({ ...body, stream: true, tools }),
  ])
  return stdout.split('\n').filter((line) => line.startsWith('data: '))
}

interface Chunk {
  choices: { delta: { content?: string | null; tool_calls?: { id?: string; function: { arguments: string } }[] } }[]
}

test('curl, chat completions, with Cohere behind', async () => {
  await using started = await behind()
  const ask = async (messages: object[]): Promise<{ text: string; id: string; args: string }> => {
    const lines = await curl(`${started.url}/v1/chat/completions`, started.key, {
      model: 'cohere/command-a-03-2025',
      messages,
    })
    expect(lines.at(-1)).toBe('data: [DONE]')
    const answer = { text: '', id: '', args: '' }
    for (const line of lines.slice(0, -1)) {
      const { content, tool_calls: calls } = (JSON.parse(line.slice(6)) as Chunk).choices[0]?.delta ?? {}
      answer.text += content ?? ''
      answer.id += calls?.[0]?.id ?? ''
      answer.args += calls?.[0]?.function.arguments ?? ''
    }
    return answer
  }
  const messages: object[] = [{ role: 'user', content: question }]
  const { id, args } = await ask(messages)
  expect(JSON.parse(args)).toEqual({ city: 'Paris' })
  messages.push(
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name: 'get_weather', arguments: args } }],
    },
    { role: 'tool', tool_call_id: id, content: report },
  )
  expect((await ask(messages)).text).toMatch(/12/)
})

test('curl, Cohere’s chat, with OpenAI behind', async () => {
  await using started = await behind()
  const body = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: question }] }
  const lines = await curl(`${started.url}/v2/chat`, started.key, body)
  const events = lines.slice(0, -1).map((line) => JSON.parse(line.slice(6)) as { type: string })
  expect(events[0]?.type).toBe('message-start')
  expect(events.at(-1)?.type).toBe('message-end')
  expect(events.some(({ type }) => type === 'tool-call-start')).toBe(true)
})

import type { Message, Warning } from '@interlingua/core'
import type { DialectName, OpenAIConfig, OpenAIResponsesParams } from '@interlingua/openai'
import { modelOver } from './model.ts'

/** What is sent for a conversation, and what the caller is told of it. */
export interface Sent {
  readonly body: Record<string, unknown>
  readonly input: readonly Record<string, unknown>[]
  readonly warnings: readonly Warning[]
}

const answer = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'gpt-5.6',
  output: [],
}

/** Sends a conversation to a server that notes it. */
export async function sentFor(
  messages: readonly Message[],
  provider: DialectName = 'openai',
  options: OpenAIResponsesParams & OpenAIConfig = {},
): Promise<Sent> {
  let body: Record<string, unknown> = {}
  const fetch: typeof globalThis.fetch = async (_, init) => {
    body = JSON.parse(init?.body as string) as Record<string, unknown>
    return Response.json(answer)
  }
  const { warnings } = await modelOver(fetch, provider).call([...messages], options)
  // What the answer that says nothing is warned of is not asked here.
  const told = warnings.filter(({ code }) => code === 'unsupported')
  return { body, input: (body['input'] ?? []) as Sent['input'], warnings: told }
}

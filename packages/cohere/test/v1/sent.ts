import { type CohereV1Params, createCohere } from '@interlingua/cohere'
import type { CallConfig, Message, Warning } from '@interlingua/core'
import { expect } from 'vitest'

/** A request as it was sent. */
export interface Sent {
  readonly url: string
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

/** A `fetch` that gives every request this answer, and keeps what it was sent. */
export function keepingFetch(answer: object): { sent: Sent[]; fetch: typeof globalThis.fetch } {
  const requests: Sent[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { url, headers } = new Request(input, { ...init, body: null })
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {}
    requests.push({ url, headers, body })
    return Response.json(answer)
  }
  return { sent: requests, fetch }
}

/** An answer that says little. */
export const answer = { text: 'Hello', generation_id: 'g', finish_reason: 'COMPLETE' }

/** What is sent for a prompt, and what is warned of. */
export async function sent(
  prompt: string | Message[],
  options: CohereV1Params & CallConfig = {},
): Promise<{ body: Record<string, unknown>; warnings: readonly Warning[] }> {
  const kept = keepingFetch(answer)
  const model = createCohere({ api: 'v1', apiKey: 'key', fetch: kept.fetch })('command-a-03-2025')
  const { warnings } = await model.call(prompt, options)
  const { model: id, stream, ...body } = kept.sent[0]?.body ?? {}
  expect({ id, stream }).toEqual({ id: 'command-a-03-2025', stream: false })
  return { body, warnings }
}

import { createOpenAI, type OpenAIOptions, type OpenAITypes, type WireChatCompletion } from '@interlingua/openai'
import type { CallOptions, Prompt } from '@interlingua/core'
import { answering } from './wire-bytes.ts'

/** The plainest answer. */
export const answer: WireChatCompletion = {
  id: 'x',
  model: 'gpt-5-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Yes' }, finish_reason: 'stop' }],
}

/** What was sent, and what was told of it. */
export interface Sent {
  readonly url: string
  readonly headers: Headers
  readonly body: Record<string, unknown> & { readonly messages?: unknown; readonly tools?: unknown }
  readonly fields: readonly (string | undefined)[]
}

/** What a call becomes on the wire. */
export async function sent(
  prompt: Prompt<OpenAITypes>,
  options: CallOptions<OpenAITypes> = {},
  { dialect, ...rest }: OpenAIOptions = {},
): Promise<Sent> {
  let seen: Omit<Sent, 'fields'> | undefined
  const reply = answering(answer)
  const fetch: typeof globalThis.fetch = (input, init) => {
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Sent['body']) : {}
    seen = { url: input instanceof Request ? input.url : String(input), headers: new Headers(init?.headers), body }
    return reply(input)
  }
  const { warnings } = await createOpenAI({ apiKey: 'key', fetch, dialect, ...rest, api: 'chat' })('gpt-5-mini').call(
    prompt,
    options,
  )
  if (!seen) throw new Error('nothing was sent')
  return { ...seen, fields: warnings.flatMap(({ code, field }) => (code === 'unsupported' ? [field] : [])) }
}

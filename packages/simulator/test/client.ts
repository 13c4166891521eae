/** A message body for the question, on a model that does not think. */
export function ask(content: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { model: 'command-a-03-2025', messages: [{ role: 'user', content }], ...more }
}

/** Posts a body as Cohere's clients do. */
export function post(
  fetch: typeof globalThis.fetch,
  body: unknown,
  { url = 'https://api.cohere.com', ...init }: RequestInit & { url?: string } = {},
): Promise<Response> {
  return fetch(`${url}/v2/chat`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })
}

export interface ChatBody {
  id: string
  message: { role: string; content: { type: string; text?: string; thinking?: string }[] }
  finish_reason: string
  usage: Usage
}

interface Usage {
  billed_units?: { input_tokens: number; output_tokens: number }
  tokens?: { input_tokens: number; output_tokens: number; reasoning_tokens?: number; image_tokens?: number }
  cached_tokens?: number
}

export async function jsonOf<T = ChatBody>(response: Response): Promise<T> {
  return JSON.parse(await response.text())
}

export interface WireEvent {
  id?: string
  type: string
  index?: number
  delta?: {
    message?: { content?: { type?: string; text?: string; thinking?: string } }
    finish_reason?: string
    usage?: Usage
    error?: string
    error_type?: string
  }
}

/** Reads a stream in the recorded framing, and in no other; fails on everything else. */
export function eventsOf(body: string): WireEvent[] {
  const end = 'data: [DONE]\n\n'
  if (!body.endsWith(`\n\n${end}`)) throw new Error(`no [DONE] at the end: …${body.slice(-80)}`)
  const blocks = body.slice(0, -end.length).split('\n\n').slice(0, -1)
  return blocks.map((block) => {
    const match = /^event: ([a-z-]+)\ndata: (\{.*\})$/.exec(block)
    if (!match) throw new Error(`not an event as recorded: ${block}`)
    const data: WireEvent = JSON.parse(match[2] ?? '')
    if (data.type !== match[1]) throw new Error(`event ${match[1]} has the type ${data.type}`)
    return data
  })
}

/** Puts a stream's blocks together by index, independently of the code under test. */
export function fold(events: readonly WireEvent[]): Omit<ChatBody, 'id'> {
  const content: ChatBody['message']['content'] = []
  let end: WireEvent['delta']
  for (const { type, index = 0, delta } of events) {
    const part = delta?.message?.content
    if (type === 'content-start') content[index] = { type: part?.type ?? '' }
    if (type === 'content-start' || type === 'content-delta') {
      const block = content[index]
      if (!block) throw new Error('delta before start')
      if (part?.text !== undefined) block.text = (block.text ?? '') + part.text
      if (part?.thinking !== undefined) block.thinking = (block.thinking ?? '') + part.thinking
    }
    if (type === 'message-end') end = delta
  }
  return {
    message: { role: 'assistant', content },
    finish_reason: end?.finish_reason ?? '',
    usage: end?.usage ?? {},
  }
}

export async function streamOf(response: Response): Promise<WireEvent[]> {
  return eventsOf(await response.text())
}

/** The text of an unstreamed answer. */
export async function textOf(response: Response): Promise<string | undefined> {
  const { message } = await jsonOf(response)
  return message.content.find(({ type }) => type === 'text')?.text
}

/** Why the promise is rejected, for a look at it later on; `undefined` when it is not. */
export function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
}

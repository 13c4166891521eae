/** A message body for the question, on a model that does not think. */
export function ask(content: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { model: 'command-a-03-2025', messages: [{ role: 'user', content }], ...more }
}

/** Posts a body as Cohere's clients do; to the v2 chat where no other path is told. */
export function post(
  fetch: typeof globalThis.fetch,
  body: unknown,
  { url = 'https://api.cohere.com', path = '/v2/chat', ...init }: RequestInit & { url?: string; path?: string } = {},
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })
}

/** Status and message of an answer that refuses. */
export async function refused(response: Promise<Response>): Promise<[number, string]> {
  const { status, body } = await response.then(async (answer) => ({ status: answer.status, body: await answer.text() }))
  const { message }: { message: string } = JSON.parse(body)
  return [status, message]
}

/** A tool with those properties, all of them required where nothing else is told. */
export function tool(
  name: string,
  properties: object,
  more: { description?: string; required?: string[] } = {},
): object {
  const { description = '', required = Object.keys(properties) } = more
  return { type: 'function', function: { name, description, parameters: { type: 'object', properties, required } } }
}

interface ToolCall {
  id: string
  type: string
  function: { name: string; arguments: string }
}

interface Source {
  type: 'document' | 'tool'
  id: string
  document?: Record<string, unknown>
  tool_output?: Record<string, unknown>
}

interface Citation {
  start: number
  end: number
  text: string
  sources: Source[]
  type?: string
}

interface Logprobs {
  text: string
  token_ids: number[]
  logprobs: number[]
}

export interface Message {
  role: string
  content?: { type: string; text?: string; thinking?: string }[]
  tool_plan?: string
  tool_calls?: ToolCall[]
  citations?: Citation[]
}

export interface ChatBody {
  id: string
  message: Message
  finish_reason: string
  logprobs?: Logprobs[]
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
  logprobs?: Logprobs
  delta?: {
    message?: {
      content?: { type?: string; text?: string; thinking?: string }
      tool_plan?: string
      tool_calls?: { id?: string; type?: string; function: { name?: string; arguments: string } }
      citations?: Citation
    }
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

const cited = '(?:citation-start citation-end )*'
/** The order of events that every recorded stream keeps. */
export const grammar: RegExp = new RegExp(
  '^message-start ' +
    '(?:(?:tool-plan-delta )*|content-start (?:content-delta )*content-end )?' +
    `(?:content-start ${cited}(?:content-delta ${cited})*content-end |(?:tool-call-start (?:tool-call-delta )*tool-call-end )+)?` +
    'message-end $',
)

/** The types of a stream's events, as `grammar` reads them. */
export function typesOf(events: readonly WireEvent[]): string {
  return events.map(({ type }) => `${type} `).join('')
}

/** Puts a stream together by kind and index, independently of the code under test. */
export function fold(events: readonly WireEvent[]): Omit<ChatBody, 'id'> {
  const content: NonNullable<Message['content']> = []
  const calls: ToolCall[] = []
  const citations: Citation[] = []
  const logprobs: Logprobs[] = []
  let plan = ''
  let end: WireEvent['delta']
  for (const { type, index = 0, delta, logprobs: probable } of events) {
    const { content: part, tool_plan, tool_calls: call, citations: citation } = delta?.message ?? {}
    if (type === 'content-start') content[index] = { type: part?.type ?? '' }
    if (type === 'content-start' || type === 'content-delta') {
      const block = content[index]
      if (!block) throw new Error('delta before start')
      if (part?.text !== undefined) block.text = (block.text ?? '') + part.text
      if (part?.thinking !== undefined) block.thinking = (block.thinking ?? '') + part.thinking
    }
    if (type === 'tool-plan-delta') plan += tool_plan
    if (type === 'tool-call-start') {
      const { id = '', type: kind = '', function: called } = call ?? { function: { arguments: '?' } }
      calls[index] = { id, type: kind, function: { name: called.name ?? '', arguments: called.arguments } }
    }
    const open = calls[index]
    if (type === 'tool-call-delta' && open) open.function.arguments += call?.function.arguments
    if (type === 'citation-start' && citation) citations[index] = citation
    if (probable) logprobs.push(probable)
    if (type === 'message-end') end = delta
  }
  return {
    message: {
      role: 'assistant',
      ...((content.length > 0 || (plan === '' && calls.length === 0)) && { content }),
      ...(plan !== '' && { tool_plan: plan }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(citations.length > 0 && { citations }),
    },
    finish_reason: end?.finish_reason ?? '',
    ...(logprobs.length > 0 && { logprobs }),
    usage: end?.usage ?? {},
  }
}

export async function streamOf(response: Response): Promise<WireEvent[]> {
  return eventsOf(await response.text())
}

/** The text of an unstreamed answer. */
export async function textOf(response: Response): Promise<string | undefined> {
  const { message } = await jsonOf(response)
  return message.content?.find(({ type }) => type === 'text')?.text
}

/** Why the promise is rejected, for a look at it later on; `undefined` when it is not. */
export function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
}

import {
  type Adapter,
  type AssistantMessage,
  BaseCallResponse,
  BaseCallResponseChunk,
  BaseStream,
  BaseTool,
  type CallConfig,
  type CallParams,
  createModel,
  type Delta,
  type EncodedCall,
  type FinishReason,
  isObject,
  meaningOfStatus,
  type Message,
  type Model,
  type ModelRequest,
  parseObject,
  type ProviderTypes,
  readReliability,
  type UnifiedFinishReason,
  type Usage,
  withoutUndefined,
} from '@interlingua/core'
import type { ConnectionSettings } from '@interlingua/conformance'

/** One event of the stream of Acme's, a vendor that does not exist. An answer that is not streamed has the same fields. */
export interface AcmeEvent extends Record<string, unknown> {
  readonly id?: string
  readonly thought?: string
  readonly text?: string
  readonly call?: { readonly index: number; readonly id?: string; readonly name?: string; readonly args?: string }
  readonly end?: 'done' | 'limit' | 'calls' | 'failed'
  readonly spent?: { readonly in: number; readonly out: number }
}

/** An answer in one piece. */
export interface AcmeAnswer extends Record<string, unknown> {
  readonly id: string
  readonly thought?: string
  readonly text?: string
  readonly calls?: readonly { readonly id: string; readonly name: string; readonly args: string }[]
  readonly end: NonNullable<AcmeEvent['end']>
  readonly spent: NonNullable<AcmeEvent['spent']>
}

class AcmeChunk extends BaseCallResponseChunk {
  override readonly event: AcmeEvent

  constructor(event: AcmeEvent, deltas: readonly Delta[]) {
    super(event, deltas)
    this.event = event
  }
}

/** What a test replaces to break one thing. */
export interface AcmeParts {
  readonly encodeBody: (request: ModelRequest<ProviderTypes>) => object
  readonly encodeMessage: (message: Message) => unknown
  readonly decodeEvent: (event: AcmeEvent) => readonly Delta[]
  readonly decodeAnswer: (answer: AcmeAnswer) => readonly Delta[]
  readonly shownEvent: (event: AcmeEvent) => AcmeEvent
  readonly decodeFailure: Adapter<ProviderTypes>['decodeFailure']
  /** Made anew for each call unless a test shares it. */
  readonly parse: () => (data: string) => AcmeEvent
}

const finishReasons: Readonly<Record<NonNullable<AcmeEvent['end']>, UnifiedFinishReason>> = {
  done: 'stop',
  limit: 'length',
  calls: 'tool_calls',
  failed: 'error',
}

export const acmeParts: AcmeParts = {
  encodeBody: ({ model, messages, params, config, stream }) =>
    withoutUndefined({
      model,
      stream,
      ...params,
      tools: config.tools,
      choice: config.toolChoice,
      messages: messages.map((message) => acmeParts.encodeMessage(message)),
    }),
  encodeMessage: (message) => message,
  decodeEvent: ({ id, thought, text, call, end, spent }) => {
    const deltas: Delta[] = []
    if (typeof id === 'string') deltas.push({ type: 'start', id })
    if (typeof thought === 'string') deltas.push({ type: 'thinking', index: 0, text: thought })
    if (typeof text === 'string') deltas.push({ type: 'text', index: 1, text })
    if (call) deltas.push(...decodeCall(call))
    if (spent) deltas.push({ type: 'usage', usage: decodeUsage(spent) })
    if (end) deltas.push(...decodeEnd(end))
    return deltas
  },
  decodeAnswer: ({ calls = [], end, spent, ...rest }) => [
    ...acmeParts.decodeEvent(rest),
    ...calls.flatMap((call, index) => [...decodeCall({ ...call, index }), { type: 'tool-call-end', index } as const]),
    ...acmeParts.decodeEvent({ ...(spent && { spent }), ...(end && { end }) }),
  ],
  shownEvent: (event) => event,
  decodeFailure: ({ status, body }) => ({
    message: body === '' ? 'Acme refused.' : body,
    ...meaningOfStatus(status),
  }),
  parse: () => (data) => parseObject(data),
}

/** A whole adapter, as small as one can be. */
export function createAcme(
  { apiKey, baseURL, fetch, timeout, retry }: ConnectionSettings,
  changes: Partial<AcmeParts> = {},
): Model {
  const parts = { ...acmeParts, ...changes }
  const adapter: Adapter<ProviderTypes> = {
    provider: 'acme',
    displayName: 'Acme',
    fetch,
    reliability: readReliability({ timeout, retry }),
    endsAtFinish: true,
    encode: (request) => encode(request, parts, { url: `${baseURL}/chat`, apiKey }),
    decodeHeaders: () => ({ requestId: undefined, warnings: [] }),
    decodeFailure: parts.decodeFailure,
    billableUnits: () => undefined,
    price: () => undefined,
    createResponse: (fields) => new BaseCallResponse(fields),
    createStream: (source) =>
      new BaseStream<BaseCallResponse, BaseCallResponseChunk, Message, BaseTool, CallConfig, CallParams, FinishReason>(
        source,
      ),
    createTool: (call, delta) => new BaseTool(call, delta),
  }
  return createModel(adapter, 'acme-1')
}

function encode(
  request: ModelRequest<ProviderTypes>,
  parts: AcmeParts,
  { url, apiKey }: { readonly url: string; readonly apiKey: string },
): EncodedCall<ProviderTypes> {
  const messages = request.messages.map((message) => parts.encodeMessage(message) as Message)
  const parse = parts.parse()
  return {
    url,
    // A header cannot hold every text; the key's own words must not be in the error.
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: parts.encodeBody({ ...request, messages }),
    decode: ({ data }) => {
      const event = parse(data)
      return new AcmeChunk(parts.shownEvent(event), parts.decodeEvent(event))
    },
    decodeBody: (body) => parts.decodeAnswer(body as AcmeAnswer),
  }
}

function decodeCall(call: unknown): Delta[] {
  if (!isObject(call)) return []
  const { index, id, name, args } = call as NonNullable<AcmeEvent['call']>
  const deltas: Delta[] = []
  if (id !== undefined) deltas.push({ type: 'tool-call-start', index, id, name: name ?? '' })
  if (args !== undefined) deltas.push({ type: 'tool-call-delta', index, text: args })
  if (id === undefined && args === undefined) deltas.push({ type: 'tool-call-end', index })
  return deltas
}

function decodeUsage(spent: NonNullable<AcmeEvent['spent']>): Usage {
  return { inputTokens: spent.in, outputTokens: spent.out }
}

function decodeEnd(end: NonNullable<AcmeEvent['end']>): Delta[] {
  const finish: Delta = { type: 'finish', reason: { unified: finishReasons[end], raw: end } }
  if (end !== 'failed') return [finish]
  return [finish, { type: 'error', code: 'server', message: 'the answer failed.', retryable: true }]
}

/** What is said of a message, for adapters that lose something of it. */
export function withoutThinking(message: Message): Message {
  if (message.role !== 'assistant' || typeof message.content === 'string') return message
  const content = message.content.filter(({ type }) => type !== 'thinking')
  return { ...message, content } satisfies AssistantMessage
}

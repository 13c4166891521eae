import {
  BaseCallResponse,
  BaseCallResponseChunk,
  BaseStream,
  BaseTool,
  createModel,
  type Delta,
  type Model,
  type ModelRequest,
  type ProviderTypes,
} from '../src/index.ts'

/** What a scripted model answers with: deltas, or what goes wrong. */
export type Answer = readonly Delta[] | Error

/** A request that a scripted model got. */
export type Asked = ModelRequest<ProviderTypes> & { readonly signal: AbortSignal | undefined }

/** A model that gives these answers, one after the other, and remembers what it was asked. */
export function scriptedModel(...answers: readonly Answer[]): { readonly model: Model; readonly asked: Asked[] } {
  const queue = [...answers]
  const requests: ModelRequest<ProviderTypes>[] = []
  const asked: Asked[] = []
  const fetch: typeof globalThis.fetch = async (_, init = {}) => {
    const request = requests.at(-1)
    if (!request) throw new Error('nothing was asked')
    asked.push({ ...request, signal: init.signal ?? undefined })
    const answer = queue.shift() ?? [{ type: 'finish', reason: { unified: 'stop', raw: 'stop' } }]
    if (answer instanceof Error) throw answer
    if (!request.stream) return Response.json({ deltas: answer })
    const lines = answer.map((delta) => `data: ${JSON.stringify(delta)}\n\n`)
    return new Response(pulled(lines, init.signal), { headers: { 'content-type': 'text/event-stream' } })
  }
  const model = createModel<ProviderTypes>(
    {
      provider: 'acme',
      displayName: 'Acme',
      fetch,
      endsAtFinish: true,
      decodeHeaders: () => ({ requestId: undefined, warnings: [] }),
      decodeFailure: ({ body }) => ({ code: 'server', message: body, retryable: false }),
      encode: (request) => {
        requests.push(request)
        return {
          url: 'https://acme.test/chat',
          headers: {},
          body: {},
          decode: ({ data }) => {
            const delta = JSON.parse(data) as Delta
            return new BaseCallResponseChunk(delta, [delta])
          },
          decodeBody: (body) => body['deltas'] as readonly Delta[],
        }
      },
      billableUnits: ({ inputTokens, outputTokens }) =>
        inputTokens === undefined || outputTokens === undefined ? undefined : { inputTokens, outputTokens },
      price: () => ({ usdPerMillion: { inputTokens: 1, outputTokens: 2 }, source: 'a test', date: '2026-01-01' }),
      createResponse: (fields) => new BaseCallResponse(fields),
      createStream: (source) => new BaseStream(source),
      createTool: (call, delta) => new BaseTool(call, delta),
    },
    'acme-1',
  )
  return { model, asked }
}

/** An answer that calls tools. */
export function calling(
  ...calls: readonly { readonly id: string; readonly name: string; readonly args?: unknown; readonly raw?: string }[]
): readonly Delta[] {
  return [
    ...calls.flatMap(({ id, name, args = {}, raw = JSON.stringify(args) }, index): Delta[] => [
      { type: 'tool-call-start', index, id, name },
      { type: 'tool-call-delta', index, text: raw },
      { type: 'tool-call-end', index },
    ]),
    { type: 'usage', usage: { inputTokens: 10, outputTokens: 5 } },
    { type: 'finish', reason: { unified: 'tool_calls', raw: 'tools' } },
  ]
}

/** An answer in words. */
export function saying(text: string): readonly Delta[] {
  return [
    { type: 'text', index: 0, text },
    { type: 'usage', usage: { inputTokens: 20, outputTokens: 7 } },
    { type: 'finish', reason: { unified: 'stop', raw: 'stop' } },
  ]
}

/** One event for each read, so that a reader can leave in between. */
function pulled(lines: readonly string[], signal: AbortSignal | null | undefined): ReadableStream<Uint8Array> {
  const queue = [...lines]
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => signal?.addEventListener('abort', () => controller.error(signal.reason)),
      pull(controller) {
        const next = queue.shift()
        if (next === undefined) controller.close()
        else controller.enqueue(new TextEncoder().encode(next))
      },
    },
    { highWaterMark: 0 },
  )
}

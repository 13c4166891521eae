import { createServer, type ServerResponse } from 'node:http'

/**
 * What stands behind the gateways: it sends recorded-like events that are made once, so that it costs as little as can be. A model
 * of the name `events-<n>` sends so many of them; `pace-<ms>` sends one each time so many milliseconds have passed.
 */
const openai = {
  piece: event({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_767_225_600,
    model: 'gpt-4o-mini',
    system_fingerprint: 'fp_1',
    choices: [{ index: 0, delta: { content: ' word' }, logprobs: null, finish_reason: null }],
    usage: null,
  }),
  begin: event(chunk({ role: 'assistant', content: '', refusal: null })),
  end:
    event({ ...chunk({}), choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }] }) +
    event({ ...chunk({}), choices: [], usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 } }) +
    'data: [DONE]\n\n',
}
const cohere = {
  begin:
    named({
      id: '1',
      type: 'message-start',
      delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] } },
    }) + named({ type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } }),
  piece: named({ type: 'content-delta', index: 0, delta: { message: { content: { text: ' word' } } } }),
  end:
    named({ type: 'content-end', index: 0 }) +
    named({
      type: 'message-end',
      delta: {
        finish_reason: 'COMPLETE',
        usage: {
          billed_units: { input_tokens: 10, output_tokens: 10 },
          tokens: { input_tokens: 10, output_tokens: 10 },
        },
      },
    }) +
    'data: [DONE]\n\n',
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const { model, stream } = JSON.parse(Buffer.concat(parts).toString()) as { model: string; stream?: boolean }
    const isCohere = request.url?.includes('/v2/') ?? false
    if (stream) {
      void streamTo(response, isCohere ? cohere : openai, model)
      return
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(isCohere ? cohereWhole : openaiWhole))
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`listening on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
})

async function streamTo(response: ServerResponse, { begin, piece, end }: typeof openai, model: string): Promise<void> {
  response.setHeader('content-type', 'text/event-stream')
  response.write(begin)
  const [, count] = /events-(\d+)/.exec(model) ?? []
  const [, pace] = /pace-(\d+)/.exec(model) ?? []
  for (let sent = 0; sent < Number(count ?? 10) && !response.destroyed; sent += 1) {
    const full = !response.write(piece)
    if (pace !== undefined) await new Promise((resolve) => setTimeout(resolve, Number(pace)))
    else if (full) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  response.end(end)
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

function named(data: { readonly type: string; readonly [field: string]: unknown }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
}

function chunk(delta: object): object {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: null }]
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_767_225_600, model: 'gpt-4o-mini', choices }
}

const openaiWhole = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_767_225_600,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'A word.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 },
}
const cohereWhole = {
  id: '1',
  finish_reason: 'COMPLETE',
  message: { role: 'assistant', content: [{ type: 'text', text: 'A word.' }] },
  usage: { billed_units: { input_tokens: 10, output_tokens: 3 }, tokens: { input_tokens: 10, output_tokens: 3 } },
}

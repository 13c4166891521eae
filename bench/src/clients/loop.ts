import { Agent, type IncomingMessage, request as httpRequest } from 'node:http'
import { finished } from 'node:stream/promises'
import { createParser } from 'eventsource-parser'
import type { Answer, Client, Wire } from '../answer.ts'

/** What anybody would write by hand: the floor that the others are measured by. */
const paths: Readonly<Record<Wire, string>> = { cohere: '/v2/chat', openai: '/v1/chat/completions' }

function request(baseURL: string, wire: Wire, stream: boolean): Promise<Response> {
  return fetch(`${baseURL}${paths[wire]}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
    body: JSON.stringify({ model: 'model', messages: [{ role: 'user', content: 'Hi' }], stream }),
  })
}

/** An event of either wire, as far as it is read. */
interface Event {
  readonly type?: string
  readonly delta?: {
    readonly message?: { readonly content?: { readonly text?: string } }
    readonly usage?: { readonly tokens?: { readonly input_tokens?: number } }
  }
  readonly choices?: readonly { readonly delta?: { readonly content?: string } }[]
  readonly usage?: { readonly prompt_tokens?: number } | null
}

class Reading {
  text = ''
  inputTokens: number | undefined
  readonly #wire: Wire
  readonly #onFirst: (() => void | Promise<void>) | undefined

  constructor(wire: Wire, onFirst?: () => void | Promise<void>) {
    this.#wire = wire
    this.#onFirst = onFirst
  }

  add(event: Event): void {
    let piece: string | undefined
    if (this.#wire === 'cohere') {
      if (event.type === 'content-delta') piece = event.delta?.message?.content?.text
      else if (event.type === 'message-end') this.inputTokens = event.delta?.usage?.tokens?.input_tokens
    } else {
      piece = event.choices?.[0]?.delta?.content
      if (event.usage) this.inputTokens = event.usage.prompt_tokens
    }
    if (piece === undefined || piece === '') return
    if (this.text === '') void this.#onFirst?.()
    this.text += piece
  }

  get answer(): Answer {
    return { text: this.text, inputTokens: this.inputTokens }
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data: ') && line !== 'data: [DONE]') yield JSON.parse(line.slice(6)) as Event
    }
  }
}

async function readWhole(baseURL: string, wire: Wire): Promise<Answer> {
  return answerOf((await (await request(baseURL, wire, false)).json()) as Whole)
}

/** An answer of either wire that was not streamed, as far as it is read. */
interface Whole {
  readonly message?: { readonly content: readonly { readonly text: string }[] }
  readonly choices?: readonly { readonly message: { readonly content: string } }[]
  readonly usage: { readonly tokens?: { readonly input_tokens: number }; readonly prompt_tokens?: number }
}

function answerOf(body: Whole): Answer {
  return {
    text: body.message?.content[0]?.text ?? body.choices?.[0]?.message.content ?? '',
    inputTokens: body.usage.tokens?.input_tokens ?? body.usage.prompt_tokens,
  }
}

function floor(
  wire: Wire,
  name: string,
  read: (body: ReadableStream<Uint8Array>, reading: Reading) => Promise<void>,
): Client {
  return {
    name,
    wire,
    kind: 'floor',
    isBytesOnly: name.includes('bytes'),
    connect: (baseURL) => ({
      stream: async (onFirst) => {
        const { body } = await request(baseURL, wire, true)
        const reading = new Reading(wire, onFirst)
        if (body) await read(body, reading)
        return reading.answer
      },
      call: () => readWhole(baseURL, wire),
    }),
  }
}

/** What `node:http` takes without any `fetch`: the least that a transport of Node's can take. */
function nodeFloor(wire: Wire): Client {
  return {
    name: 'node:http, by hand',
    wire,
    kind: 'floor',
    connect: (baseURL) => {
      const agent = new Agent({ keepAlive: true })
      const send = (stream: boolean): Promise<IncomingMessage> => {
        const headers = { 'content-type': 'application/json', authorization: 'Bearer key' }
        return new Promise((resolve, reject) => {
          httpRequest(`${baseURL}${paths[wire]}`, { agent, method: 'POST', headers }, resolve)
            .on('error', reject)
            .end(JSON.stringify({ model: 'model', messages: [{ role: 'user', content: 'Hi' }], stream }))
        })
      }
      return {
        stream: async (onFirst) => {
          const incoming = await send(true)
          const reading = new Reading(wire, onFirst)
          let rest = ''
          incoming.setEncoding('utf8').on('data', (text: string) => {
            const lines = (rest + text).split('\n')
            rest = lines.pop() ?? ''
            for (const line of lines) {
              if (line.startsWith('data: ') && line !== 'data: [DONE]') reading.add(JSON.parse(line.slice(6)) as Event)
            }
          })
          await finished(incoming)
          return reading.answer
        },
        call: async () => {
          let text = ''
          for await (const piece of (await send(false)).setEncoding('utf8')) text += piece
          return answerOf(JSON.parse(text) as Whole)
        },
      }
    },
  }
}

export function loops(wire: Wire): readonly Client[] {
  return [
    floor(wire, 'fetch, bytes only', async (body, reading) => {
      const reader = body.getReader()
      for (;;) {
        const { done } = await reader.read()
        if (done) break
        reading.add(wire === 'cohere' ? first : { choices: [{ delta: { content: ' ' } }] })
      }
    }),
    floor(wire, 'hand-written loop', async (body, reading) => {
      const decoder = new TextDecoder()
      let rest = ''
      for await (const bytes of body) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          if (line.startsWith('data: ') && line !== 'data: [DONE]') reading.add(JSON.parse(line.slice(6)) as Event)
        }
      }
    }),
    floor(wire, 'the same as an async generator', async (body, reading) => {
      for await (const event of eventsOf(body)) reading.add(event)
    }),
    floor(wire, 'fetch + eventsource-parser', async (body, reading) => {
      const parser = createParser({
        onEvent: ({ data }) => {
          if (data !== '[DONE]') reading.add(JSON.parse(data) as Event)
        },
      })
      const decoder = new TextDecoder()
      for await (const bytes of body) parser.feed(decoder.decode(bytes, { stream: true }))
    }),
    nodeFloor(wire),
  ]
}

const first: Event = { type: 'content-delta', delta: { message: { content: { text: ' ' } } } }

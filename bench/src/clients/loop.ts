import { createParser } from 'eventsource-parser'
import type { Connected, Wire } from '../answer.ts'
import { answerOf, type Event, JsonReading, type Reading, requestOf, TextReading, type Whole } from './wire-reading.ts'

/** What anybody would write by hand: the floor that the others are measured by. */
type Loop = (body: ReadableStream<Uint8Array>, reading: Reading, wire: Wire) => Promise<void>

export type LoopName = keyof typeof loops

const loops = {
  // Reads and decodes nothing.
  'fetch, bytes only': async (body, reading, wire) => {
    for await (const _ of body) {
      reading.add(anyPiece[wire])
      if (reading.waiting) await reading.waiting
    }
  },
  'hand-written loop': async (body, reading) => {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const bytes of body) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data: ') && line !== 'data: [DONE]') reading.add(JSON.parse(line.slice(6)) as Event)
      }
      if (reading.waiting) await reading.waiting
    }
  },
  'the same as an async generator': async (body, reading) => {
    for await (const event of eventsOf(body)) {
      reading.add(event)
      if (reading.waiting) await reading.waiting
    }
  },
  'fetch + eventsource-parser': async (body, reading) => {
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data !== '[DONE]') reading.add(JSON.parse(data) as Event)
      },
    })
    const decoder = new TextDecoder()
    for await (const bytes of body) {
      parser.feed(decoder.decode(bytes, { stream: true }))
      if (reading.waiting) await reading.waiting
    }
  },
} satisfies Record<string, Loop>

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

const anyPiece: Readonly<Record<Wire, Event>> = {
  cohere: { type: 'content-delta', delta: { message: { content: { text: ' ' } } } },
  openai: { choices: [{ delta: { content: ' ' } }] },
  responses: { type: 'response.output_text.delta', delta: ' ' },
}

export function connectLoop(baseURL: string, wire: Wire, name: LoopName): Connected {
  const loop: Loop = loops[name]
  const read = async <Kind extends Reading>(reading: Kind): Promise<Kind> => {
    const { url, init } = requestOf(baseURL, wire, true)
    const { body } = await fetch(url, init)
    if (body) await loop(body, reading, wire)
    return reading
  }
  const growing = async (onPartial: () => void): Promise<unknown> => (await read(new JsonReading(onPartial))).value
  return {
    stream: async (onFirst) => (await read(new TextReading(wire, onFirst))).answer,
    ...(name === 'hand-written loop' && {
      object: growing,
      tool: growing,
      call: async () => {
        const { url, init } = requestOf(baseURL, wire, false)
        return answerOf((await (await fetch(url, init)).json()) as Whole)
      },
    }),
  }
}

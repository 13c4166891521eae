import { Agent, type IncomingMessage, request } from 'node:http'
import { finished } from 'node:stream/promises'
import type { Connected, Wire } from '../answer.ts'
import { answerOf, type Event, requestOf, TextReading, type Whole } from './wire-reading.ts'

/** What `node:http` takes without any `fetch`: the least that a transport of Node's can take. */
export function connectNodeLoop(baseURL: string, wire: Wire): Connected {
  const agent = new Agent({ keepAlive: true })
  const send = (stream: boolean): Promise<IncomingMessage> => {
    const { url, init } = requestOf(baseURL, wire, stream)
    const headers = Object.fromEntries(new Headers(init.headers))
    return new Promise((resolve, reject) => {
      request(url, { agent, method: 'POST', headers }, resolve).on('error', reject).end(init.body)
    })
  }
  return {
    stream: async (onFirst) => {
      const incoming = await send(true)
      const reading = new TextReading(wire, onFirst)
      let rest = ''
      incoming.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          if (line.startsWith('data: ') && line !== 'data: [DONE]') reading.add(JSON.parse(line.slice(6)) as Event)
        }
        if (!reading.waiting) return
        incoming.pause()
        void reading.waiting.then(() => incoming.resume())
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
}

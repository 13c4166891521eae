import { describe, expect, test } from 'vitest'
import { createSimulator, type Script } from '../src/index.ts'

// Faults of the kind that clients meet in the wild: answers that are no stream, and streams with something else in them.

const requests = {
  cohere: {
    url: 'https://api.cohere.com/v2/chat',
    body: { model: 'command-a-03-2025', stream: true, messages: [{ role: 'user', content: 'Hi' }] },
  },
  openai: {
    url: 'https://api.openai.com/v1/chat/completions',
    body: { model: 'gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'Hi' }] },
  },
  responses: {
    url: 'https://api.openai.com/v1/responses',
    body: { model: 'gpt-4o-mini', stream: true, input: 'Hi' },
  },
}

describe.each(Object.entries(requests))('%s', (_, { url, body }) => {
  async function answer(script: Script): Promise<{ status: number; type: string | null; text: string }> {
    const response = await createSimulator({ scripts: [script] }).fetch(url, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }

  test('a page of HTML with status 200', async () => {
    const page = '<!doctype html><title>Sign in</title>'
    const { status, type, text } = await answer({ body: page, headers: { 'content-type': 'text/html' } })
    expect([status, type, text]).toEqual([200, 'text/html', page])
  })

  test('JSON that is cut, and an event named error, in a stream', async () => {
    for (const broken of ['data: {"type":"content-de\n\n', 'event: error\ndata: {"message":"overloaded"}\n\n']) {
      const { status, type, text } = await answer({ body: `${broken}data: [DONE]\n\n` })
      expect([status, text]).toEqual([200, `${broken}data: [DONE]\n\n`])
      expect(type).toContain('text/event-stream')
    }
  })

  test('[DONE] as words of the model', async () => {
    const said = 'Print [DONE] when data: [DONE]\n\nis ready'
    for (const script of [{ text: said }, { deltas: [said] }]) {
      const { text } = await answer(script)
      // Line ends are escaped in JSON, so that no line is the mark of the end but the last one.
      expect(text.split('\n').filter((line) => line === 'data: [DONE]')).toHaveLength(url.includes('responses') ? 0 : 1)
      const texts = [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => saidIn(JSON.parse(json)))
      expect(texts.join('')).toBe(said)
    }
  })

  test('an event that nobody knows between two that all know', async () => {
    const seen: unknown[] = []
    const odd = [{ type: 'a-new-event', unknown: true }]
    const mapEvent = (event: Readonly<Record<string, unknown>>) => {
      seen.push(event)
      return seen.length === 2 ? [...odd, event] : [event]
    }
    const { text } = await answer({ text: 'Hi', cohere: { mapEvent }, openai: { mapEvent } })
    expect(text).toContain('"unknown":true')
    expect(seen.length).toBeGreaterThan(2)
  })
})

interface AnyEvent {
  readonly type?: string
  readonly delta?: string | { readonly message?: { readonly content?: { readonly text?: string } } }
  readonly choices?: readonly { readonly delta: { readonly content?: string } }[]
}

function saidIn({ type, delta, choices }: AnyEvent): string {
  if (choices) return choices[0]?.delta.content ?? ''
  if (typeof delta === 'string') return type === 'response.output_text.delta' ? delta : ''
  return type === 'content-delta' ? (delta?.message?.content?.text ?? '') : ''
}

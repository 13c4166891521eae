import type { Answer, OnFirst, Wire } from '../answer.ts'
import { GrowingJson } from './growing-json.ts'

/** What is asked, and where. */
export function requestOf(baseURL: string, wire: Wire, stream: boolean): { url: string; init: RequestInit } {
  const paths: Readonly<Record<Wire, string>> = {
    cohere: '/v2/chat',
    openai: '/v1/chat/completions',
    responses: '/v1/responses',
  }
  return {
    url: `${baseURL}${paths[wire]}`,
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
      body: JSON.stringify({ model: 'model', messages: [{ role: 'user', content: 'Hi' }], stream }),
    },
  }
}

/** An event of any wire, as far as it is read. */
export interface Event {
  readonly type?: string
  readonly delta?:
    | string
    | {
        readonly message?: {
          readonly content?: { readonly text?: string }
          readonly tool_calls?: { readonly function?: { readonly arguments: string } }
        }
        readonly usage?: { readonly tokens?: { readonly input_tokens?: number } }
      }
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string | null
      readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[]
    }
  }[]
  readonly usage?: { readonly prompt_tokens?: number } | null
  readonly response?: { readonly usage: { readonly input_tokens: number } | null }
}

/** What a loop makes of events. */
export interface Reading {
  add(event: Event): void
  /** Set where the caller wants nothing more for now. */
  readonly waiting: Promise<void> | undefined
}

/** Holds the text and the usage. */
export class TextReading implements Reading {
  text = ''
  inputTokens: number | undefined
  waiting: Promise<void> | undefined
  readonly #wire: Wire
  readonly #onFirst: OnFirst | undefined

  constructor(wire: Wire, onFirst?: OnFirst) {
    this.#wire = wire
    this.#onFirst = onFirst
  }

  add(event: Event): void {
    const piece = this.#pieceOf(event)
    if (piece === undefined || piece === null || piece === '') return
    if (this.text === '') this.waiting = this.#onFirst?.() ?? undefined
    this.text += piece
  }

  #pieceOf({ type, delta, choices, usage, response }: Event): string | null | undefined {
    if (this.#wire === 'openai') {
      if (usage) this.inputTokens = usage.prompt_tokens
      return choices?.[0]?.delta?.content
    }
    if (this.#wire === 'responses') {
      if (type === 'response.completed') this.inputTokens = response?.usage?.input_tokens
      return type === 'response.output_text.delta' && typeof delta === 'string' ? delta : undefined
    }
    if (typeof delta !== 'object') return undefined
    if (type === 'message-end') this.inputTokens = delta.usage?.tokens?.input_tokens
    return type === 'content-delta' ? delta.message?.content?.text : undefined
  }

  get answer(): Answer {
    return { text: this.text, inputTokens: this.inputTokens }
  }
}

/** Holds the value of JSON that grows. */
export class JsonReading implements Reading {
  readonly waiting: undefined
  readonly #json = new GrowingJson()
  readonly #onPartial: () => void

  constructor(onPartial: () => void) {
    this.#onPartial = onPartial
  }

  add({ delta, choices }: Event): void {
    const chat = choices?.[0]?.delta
    const message = typeof delta === 'object' ? delta.message : undefined
    const piece =
      chat?.content ??
      chat?.tool_calls?.[0]?.function.arguments ??
      message?.content?.text ??
      message?.tool_calls?.function?.arguments
    if (piece === undefined || piece === '') return
    this.#json.push(piece)
    this.#onPartial()
  }

  get value(): unknown {
    return this.#json.value
  }
}

/** An answer of any wire that was not streamed, as far as it is read. */
export interface Whole {
  readonly message?: { readonly content: readonly { readonly text: string }[] }
  readonly choices?: readonly { readonly message: { readonly content: string } }[]
  readonly output?: readonly { readonly content: readonly { readonly text: string }[] }[]
  readonly usage: {
    readonly tokens?: { readonly input_tokens: number }
    readonly prompt_tokens?: number
    readonly input_tokens?: number
  }
}

export function answerOf({ message, choices, output, usage }: Whole): Answer {
  return {
    text: message?.content[0]?.text ?? choices?.[0]?.message.content ?? output?.[0]?.content[0]?.text ?? '',
    inputTokens: usage.tokens?.input_tokens ?? usage.prompt_tokens ?? usage.input_tokens,
  }
}

/** What every client makes of an answer. */
export interface Answer {
  readonly text: string
  readonly inputTokens: number | undefined
}

export type Wire = 'cohere' | 'openai'

/** A way to read a stream. */
export interface Client {
  readonly name: string
  readonly wire: Wire
  /** Whether it is what is measured, what it is measured by, or what it is compared with. */
  readonly kind: 'ours' | 'floor' | 'peer'
  /** Why there is nothing to compare where it answers otherwise than asked. */
  readonly isBytesOnly?: boolean
  /** Makes a connection to a server, once. */
  readonly connect: (baseURL: string) => Connected | Promise<Connected>
}

export interface Connected {
  /** Reads a stream to its end. `onFirst` is called when the first piece of text is there. */
  stream(onFirst?: () => void | Promise<void>): Promise<Answer>
  /** A call without streaming. */
  readonly call?: () => Promise<Answer>
}

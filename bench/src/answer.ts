/** What every client makes of an answer. */
export interface Answer {
  readonly text: string
  readonly inputTokens: number | undefined
}

/** `responses` is OpenAI's newer API; Cohere's older chat is read where a client knows no other. */
export type Wire = 'cohere' | 'openai' | 'responses'

/** A way to read a stream. */
export interface Client {
  readonly name: string
  readonly wire: Wire
  /** Whether it is what is measured, what it is measured by, or what it is compared with. */
  readonly kind: 'ours' | 'floor' | 'peer'
  /** Makes a connection to a server, once. Only now is anything loaded, so that nothing else is in the client's process. */
  readonly connect: (baseURL: string) => Promise<Connected>
}

/** Called when the first piece of text is there. Where it gives a promise, nothing more is taken before that is done. */
export type OnFirst = () => void | Promise<void>

/** What reads a stream to its end. */
export type ReadStream = (onFirst?: OnFirst) => Promise<Answer>

/** Reads JSON while it grows, and says so each time that there is a new value; gives the last one. */
export type ReadGrowing = (onPartial: () => void) => Promise<unknown>

/** What a client can do. */
export interface Connected {
  readonly stream?: ReadStream
  /** A call without streaming. */
  readonly call?: () => Promise<Answer>
  /** An answer that is JSON. */
  readonly object?: ReadGrowing
  /** The arguments of a tool call. */
  readonly tool?: ReadGrowing
}

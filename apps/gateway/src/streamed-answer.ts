import {
  type BaseCallResponseChunk,
  type Delta,
  HandOffChunk,
  type ProviderTypes,
  type StreamOf,
} from '@interlingua/core'
import { answerHeaders } from './answer-headers.ts'
import type { ChatExchange } from './chat-exchange.ts'
import { passes } from './chat-model.ts'
import { failureOf } from './failure.ts'
import type { EventEncoder } from './front/event-encoder.ts'
import { failedOutcome, outcomeOf } from './gateway-call.ts'
import type { Target } from './routes.ts'

type Stream = StreamOf<ProviderTypes>
type Chunk = BaseCallResponseChunk

/**
 * A stream on its way from a provider to a client: nothing is read before the client takes it, and a client that leaves stops
 * the provider.
 */
export class StreamedAnswer {
  readonly #exchange: ChatExchange
  readonly #stream: Stream
  readonly #chunks: AsyncIterator<readonly [Chunk, unknown?], undefined>
  readonly #utf8 = new TextEncoder()
  #encoder: EventEncoder
  /** Whose turn it is of the route's targets. */
  #target = 0
  /** What is ready to be sent. */
  #ready = ''
  #committed = false
  #ended = false
  #failureWasPassed = false

  constructor(exchange: ChatExchange, stream: Stream) {
    this.#exchange = exchange
    this.#stream = stream
    this.#chunks = stream[Symbol.asyncIterator]()
    this.#encoder = this.#createEncoder()
  }

  /**
   * The response, once it is certain that there is one. A failure before is thrown, and can still become an HTTP error. Where
   * another model may take over, that is when something of the answer has come.
   */
  async response(): Promise<Response> {
    while (!this.#committed && !this.#ended) await this.#advance()
    const { call } = this.#exchange
    const body = new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#pull(controller), cancel: () => this.#cancel() },
      { highWaterMark: 0 },
    )
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        // Proxies would hold events back.
        'x-accel-buffering': 'no',
        ...answerHeaders(call, this.#stream),
      },
    })
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (this.#ready === '' && !this.#ended) {
      try {
        await this.#advance()
      } catch (error) {
        this.#fail(error)
      }
    }
    if (this.#ready !== '') controller.enqueue(this.#utf8.encode(this.#ready))
    this.#ready = ''
    if (this.#ended) controller.close()
  }

  /** Reads one chunk, or the end. */
  async #advance(): Promise<void> {
    const { value, done } = await this.#chunks.next()
    if (done) {
      const response = await this.#stream.response()
      this.#ready += this.#passes ? this.#encoder.endPassed() : this.#encoder.end(response)
      // The row is in the log before the client sees the end.
      this.#exchange.call.end(outcomeOf(response))
      this.#ended = true
    } else this.#take(value[0])
  }

  #take(chunk: Chunk): void {
    if (chunk instanceof HandOffChunk) {
      // Nothing has been sent: what came of the first model is no part of the answer.
      this.#target += 1
      this.#ready = ''
      this.#encoder = this.#createEncoder()
      return
    }
    const { deltas } = chunk
    if (this.#passes) {
      this.#ready += this.#encoder.pass(chunk.event as object)
      this.#failureWasPassed ||= deltas.some(({ type }) => type === 'error')
    } else this.#ready += this.#encoder.encode(deltas)
    const isLast = this.#target === this.#exchange.route.targets.length - 1
    this.#committed ||= isLast || deltas.some(isSaid)
  }

  #fail(error: unknown): void {
    const { call } = this.#exchange
    const failure = failureOf(error)
    this.#ready += this.#encoder.fail(failure, this.#failureWasPassed)
    this.#ended = true
    call.end(failedOutcome(failure, error, call.clientLeft))
  }

  #cancel(): void {
    this.#stream.cancel(new Error('the client has left'))
    if (this.#ended) return
    this.#ended = true
    const failure = { status: 499, code: 'aborted', message: 'the client has left', retryable: false } as const
    this.#exchange.call.end({ ...outcomeOf(this.#stream.partial), status: 499, failure })
  }

  get #answerer(): Target {
    const { targets } = this.#exchange.route
    return targets[this.#target] ?? targets[0]
  }

  get #passes(): boolean {
    const { request } = this.#exchange
    return passes(this.#answerer, request)
  }

  #createEncoder(): EventEncoder {
    const { front, request, call } = this.#exchange
    const { id, startedAt } = call
    return front.createEventEncoder(request, { id, startedAt, provider: this.#answerer.provider.speaks })
  }
}

/** Whether a delta brings something that cannot be taken back. */
function isSaid(delta: Delta): boolean {
  return delta.type === 'tool-call-start' || ('text' in delta && delta.text !== '') || delta.type === 'finish'
}

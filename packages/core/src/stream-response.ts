import type { Delta } from './delta.ts'
import { sentError } from './sent-error.ts'

/** How a stream is written into the body of a response: server-sent events, or nothing but the text. */
export type ResponseFormat = 'sse' | 'text'

/** How to make a web `Response` of a stream. */
export interface StreamResponseOptions {
  /** Default: `sse`. */
  readonly format?: ResponseFormat
  /** Beside those of the format, which they replace. */
  readonly headers?: HeadersInit
  /** Default: 200. */
  readonly status?: number
}

/** What a response is made of. */
interface Answer {
  text(): AsyncIterable<string>
  deltas(): AsyncIterable<Delta>
  response(): Promise<unknown>
  cancel(reason: unknown): void
}

/** A body as it is written: what each value becomes, and how it ends. */
interface Format<Value> {
  readonly contentType: string
  write(value: Value): string
  /** What stands behind the last value, once all is well. */
  end(): string
  /** What the client is told of a failure; `undefined` where it can only be told by breaking the connection. */
  fail(error: unknown): string | undefined
}

/** Makes a web `Response` of a stream that nobody has read. See `BaseStream.toResponse`. */
export function streamResponse(stream: Answer, options: StreamResponseOptions): Promise<Response> {
  return options.format === 'text'
    ? respond(stream, stream.text(), textFormat(), options)
    : respond(stream, stream.deltas(), eventFormat, options)
}

async function respond<Value>(
  stream: Answer,
  view: AsyncIterable<Value>,
  format: Format<Value>,
  { headers: own, status = 200 }: StreamResponseOptions,
): Promise<Response> {
  const values = view[Symbol.asyncIterator]()
  // A call that fails before it says anything can still become an HTTP error.
  let first: IteratorResult<Value> | undefined = await values.next()
  if (first.done) await stream.response()
  const next = async (): Promise<string | undefined> => {
    const result = first ?? (await values.next())
    first = undefined
    if (!result.done) return format.write(result.value)
    // The answer may be refused as a whole, for example by an output schema.
    await stream.response()
    return undefined
  }
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const text = await next()
          controller.enqueue(encoder.encode(text ?? format.end()))
          if (text === undefined) controller.close()
        } catch (error) {
          const told = format.fail(error)
          if (told === undefined) throw error
          controller.enqueue(encoder.encode(told))
          controller.close()
        }
      },
      // Not by leaving the iterator, which may be waiting.
      cancel: (reason) => stream.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  const headers = new Headers({
    'content-type': format.contentType,
    'cache-control': 'no-cache',
    // A proxy that gathers the answer before it passes it on makes streaming pointless; nginx takes this from the answer.
    'x-accel-buffering': 'no',
  })
  new Headers(own).forEach((value, name) => headers.set(name, value))
  return new Response(body, { status, headers })
}

const eventFormat: Format<Delta> = {
  contentType: 'text/event-stream',
  write: (delta) =>
    `data: ${JSON.stringify(delta.type === 'hand-off' ? { ...delta, error: sentError(delta.error) } : delta)}\n\n`,
  end: () => 'event: done\ndata: {}\n\n',
  fail: (error) => `event: failure\ndata: ${JSON.stringify(sentError(error))}\n\n`,
}

function textFormat(): Format<string> {
  /** The first half of a character whose second half may follow. */
  let half = ''
  return {
    contentType: 'text/plain; charset=utf-8',
    write: (piece) => {
      const text = half + piece
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? ''
      return half === '' ? text : text.slice(0, -1)
    },
    end: () => half,
    fail: () => undefined,
  }
}

import type { Adapter, EncodedCall } from './adapter.ts'
import { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { costOf } from './cost.ts'
import { type ErrorDetails, InterlinguaError } from './error.ts'
import { Fold } from './fold.ts'
import { excerpt, parseObject } from './json.ts'
import type { AssistantMessage } from './message.ts'
import { checkOutput } from './output-check.ts'
import { messagesOf, type Prompt } from './prompt.ts'
import { request } from './request.ts'
import type { ResponseFields } from './response.ts'
import { completeError } from './service.ts'
import { Stopwatch } from './stopwatch.ts'
import type { StreamSource } from './stream.ts'
import type { ToolCall } from './tool.ts'
import { readFailureBody, readText } from './transport.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import type { Warning } from './warning.ts'
import { WireReader } from './wire-reader.ts'
import { withoutUndefined } from './without-undefined.ts'

/** Cohere streams lines as `application/stream+json`; `application/json` is a single answer. */
const notAStream = /html|application\/json/

/** One request to a provider, and what comes of it: a whole answer, or the source of a stream. */
export class Exchange<T extends ProviderTypes> implements StreamSource<T> {
  readonly provider: string
  readonly model: string
  readonly config: T['Config']
  readonly params: T['Params']
  readonly endsAtFinish: boolean
  messages: readonly T['Message'][] = []
  readonly #adapter: Adapter<T>
  readonly #prompt: Prompt<T>
  #encoded: EncodedCall<T> | undefined
  #headers: Headers | undefined
  #requestId: string | undefined
  #warnings: readonly Warning[] = []
  #raw: unknown

  constructor(adapter: Adapter<T>, model: string, prompt: Prompt<T>, options: CallOptions<T> | undefined) {
    const { signal, headers, tools, toolChoice, partialTools, onUnsupported, ...params }: CallOptions<ProviderTypes> =
      options ?? {}
    this.#adapter = adapter
    this.#prompt = prompt
    this.provider = adapter.provider
    this.model = model
    this.endsAtFinish = adapter.endsAtFinish
    this.config = withoutUndefined({ signal, headers, tools, toolChoice, partialTools, onUnsupported })
    this.params = params
  }

  /** Asks for a whole answer. */
  async call(): Promise<T['Response']> {
    const stopwatch = new Stopwatch()
    const cancellation = new Cancellation(this.config.signal)
    try {
      const { response, encoded } = await this.#send(false, cancellation, stopwatch)
      const body = parseObject(await readText(response, cancellation))
      this.#raw = body
      stopwatch.markEnd()
      const fold = new Fold(this.config)
      for (const delta of encoded.decodeBody(body)) fold.add(delta)
      const answer = this.createResponse(fold, stopwatch)
      if (!fold.failure) return answer
      const error = this.createError(fold.failure)
      error.partial = answer
      throw error
    } catch (error) {
      throw error instanceof InterlinguaError ? this.createError(error) : error
    } finally {
      cancellation.release()
    }
  }

  async open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<T['Chunk']>> {
    const { response, encoded } = await this.#send(true, cancellation, stopwatch)
    const type = response.headers.get('content-type') ?? ''
    // What the server says that it sends comes before what it usually sends.
    const { framing: usual = 'server-sent-events' } = this.#adapter
    const framing = type.includes('event-stream') ? 'server-sent-events' : usual
    if (response.body && !notAStream.test(type)) {
      return new WireReader(response.body, framing, (event) => encoded.decode(event))
    }
    const body = await readFailureBody(response, cancellation)
    const what = body.trim() === '' ? 'nothing' : `${type || 'this'}: ${excerpt(body)}`
    throw new InterlinguaError({
      code: 'protocol',
      status: response.status,
      message: `the server answered the request for a stream with ${what}. Check \`baseURL\`, and any proxy in between.`,
      body,
    })
  }

  createResponse(fold: Fold, stopwatch: Stopwatch): T['Response'] {
    const model = fold.model ?? this.model
    const encoded = this.#encoded
    const message = fold.message()
    const fields: ResponseFields<T> = {
      provider: this.provider,
      model,
      id: fold.id,
      requestId: this.#requestId,
      message,
      finishReason: fold.finishReason,
      usage: fold.usage,
      cost: costOf(this.#adapter.billableUnits(fold.usage), this.#adapter.price(model)),
      logprobs: [...fold.logprobs],
      warnings: [...this.#warnings, ...fold.warnings, ...this.#checkOutput(fold, message)],
      timings: stopwatch.timings(),
      messages: this.messages,
      request: encoded && { url: encoded.url, body: encoded.body },
      headers: Object.fromEntries(this.#headers ?? []),
      raw: this.#raw,
    }
    return encoded?.createResponse?.(fields) ?? this.#adapter.createResponse(fields)
  }

  createTool(call: ToolCall, delta?: string): T['Tool'] {
    return this.#adapter.createTool(call, delta)
  }

  createError(details: ErrorDetails): InterlinguaError {
    return completeError(this.#adapter, details, { model: this.model, requestId: this.#requestId })
  }

  /** An answer that was cut, or that calls tools, need not be what was asked for. */
  #checkOutput(fold: Fold, { content, toolCalls }: AssistantMessage): readonly Warning[] {
    const output = this.#encoded?.output
    if (!output || fold.finishReason.unified !== 'stop' || toolCalls || typeof content === 'string') return []
    return checkOutput(output, content.map((part) => (part.type === 'text' ? part.text : '')).join(''))
  }

  async #send(
    stream: boolean,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<{ readonly response: Response; readonly encoded: EncodedCall<T> }> {
    const { model, config, params } = this
    this.messages = await messagesOf(this.#prompt)
    const encoded = this.#adapter.encode({ model, messages: this.messages, config, params, stream })
    this.#encoded = encoded
    const { response, requestId, warnings } = await request(this.#adapter, encoded, {
      headers: config.headers,
      cancellation,
    })
    stopwatch.markHeaders()
    this.#headers = response.headers
    this.#requestId = requestId
    this.#warnings = warnings
    return { response, encoded }
  }
}

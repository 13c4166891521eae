import type { Adapter, EncodedCall } from './adapter.ts'
import { type CallOrigin, callRecord, originOf, setCallRecord } from './call-record.ts'
import { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { type Continuation, setContinuation } from './continuation.ts'
import { costOf } from './cost.ts'
import type { Delta } from './delta.ts'
import { type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
import type { ExplainOptions, Explanation } from './explanation.ts'
import type { Spending } from './failed-attempt.ts'
import { Fold } from './fold.ts'
import { excerpt, parseObject } from './json.ts'
import type { AssistantMessage } from './message.ts'
import type { Model } from './model.ts'
import type { CheckedOutput, OutputCheck } from './output-check.ts'
import { messagesOf, type Prompt } from './prompt.ts'
import type { Redaction } from './redaction.ts'
import { request } from './request.ts'
import type { ResponseFields } from './response.ts'
import { completeError } from './service.ts'
import { Stopwatch } from './stopwatch.ts'
import type { StreamSource } from './stream.ts'
import type { ToolCall } from './tool.ts'
import { readingOf } from './tool-call-reading.ts'
import { checkToolNames } from './tool-names.ts'
import { readFailureBody, readText, throwIfStopped } from './transport.ts'
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
  readonly #continuation: Continuation<T> | undefined
  #encoded: EncodedCall<T> | undefined
  #headers: Headers | undefined
  #requestId: string | undefined
  #redaction: Redaction | undefined
  #warnings: readonly Warning[] = []
  #raw: unknown
  #check: ((output: OutputCheck, text: string) => CheckedOutput) | undefined

  /** `owner` is the model that is asked when the response is resumed. */
  constructor(adapter: Adapter<T>, model: string, prompt: Prompt<T>, options?: CallOptions<T>, owner?: Model<T>) {
    const {
      signal,
      headers,
      tools,
      toolChoice,
      partialTools,
      onUnsupported,
      metadata,
      ...params
    }: CallOptions<ProviderTypes> = options ?? {}
    this.#adapter = adapter
    this.#prompt = prompt
    this.#continuation = owner && { model: owner, options: { ...options } }
    this.provider = adapter.provider
    this.model = model
    this.endsAtFinish = adapter.endsAtFinish
    this.config = withoutUndefined({ signal, headers, tools, toolChoice, partialTools, onUnsupported, metadata })
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
      const fold = new Fold(await readingOf(this.config))
      for (const delta of decodeAnswer(encoded, body)) fold.add(delta)
      const answer = this.createResponse(fold, stopwatch)
      if (fold.finished && !fold.failure) return answer
      const error = this.createError(fold.failure ?? incomplete(body))
      error.partial = answer
      throw error
    } catch (error) {
      throw isInterlinguaError(error) ? this.createError(error) : error
    } finally {
      cancellation.release()
    }
  }

  /** The request that would be sent. */
  async explain({ stream = false }: ExplainOptions = {}): Promise<Explanation<T>> {
    const cancellation = new Cancellation(this.config.signal)
    try {
      const encoded = await this.#encode(stream, cancellation)
      const { explain } = await import('./explain.ts')
      const { provider, model, messages } = this
      return { provider, model, messages, ...explain(encoded, this.config.headers) }
    } catch (error) {
      throw isInterlinguaError(error) ? this.createError(error) : error
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
    const checked = this.#checkOutput(fold, message)
    const fields: ResponseFields<T> = {
      provider: this.provider,
      model,
      id: fold.id,
      requestId: this.#requestId,
      message,
      finishReason: fold.finishReason,
      usage: fold.usage,
      cost: this.spending(fold).cost,
      logprobs: [...fold.logprobs],
      json: checked.json,
      warnings: [...this.#warnings, ...fold.warnings, ...checked.warnings],
      timings: stopwatch.timings(),
      messages: this.messages,
      request: encoded && { url: encoded.url, body: encoded.body },
      headers: Object.fromEntries(this.#headers ?? []),
      raw: this.#raw,
    }
    const response = encoded?.createResponse?.(fields) ?? this.#adapter.createResponse(fields)
    if (this.#continuation) setContinuation(response, this.#continuation)
    setCallRecord(response, callRecord(this.origin, this.config, this.params))
    return response
  }

  get origin(): CallOrigin<T> {
    return originOf(this.messages.length > 0 ? this.messages : this.#prompt)
  }

  spending({ usage, model = this.model }: Fold): Spending {
    return { usage, cost: costOf(this.#adapter.billableUnits(usage), this.#adapter.price(model)) }
  }

  createTool(call: ToolCall, delta?: string): T['Tool'] {
    return this.#adapter.createTool(call, delta)
  }

  createError(details: ErrorDetails): InterlinguaError {
    return completeError(this.#adapter, details, {
      model: this.model,
      requestId: this.#requestId,
      redaction: this.#redaction,
    })
  }

  /** An answer that was cut, or that calls tools, need not be what was asked for. */
  #checkOutput(fold: Fold, { content, toolCalls }: AssistantMessage): CheckedOutput {
    const output = this.#encoded?.output
    if (!output || !this.#check || fold.finishReason.unified !== 'stop' || toolCalls || typeof content === 'string') {
      return { json: undefined, warnings: [] }
    }
    return this.#check(output, content.map((part) => (part.type === 'text' ? part.text : '')).join(''))
  }

  async #send(
    stream: boolean,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<{ readonly response: Response; readonly encoded: EncodedCall<T> }> {
    const encoded = await this.#encode(stream, cancellation)
    this.#encoded = encoded
    if (encoded.output) this.#check = (await import('./output-check.ts')).checkOutput
    const { response, requestId, redaction, warnings } = await request(this.#adapter, encoded, {
      headers: this.config.headers,
      cancellation,
    })
    stopwatch.markHeaders()
    this.#headers = response.headers
    this.#requestId = requestId
    this.#redaction = redaction
    this.#warnings = warnings
    return { response, encoded }
  }

  /** What is sent, and shown where a call is explained. */
  async #encode(stream: boolean, cancellation: Cancellation): Promise<EncodedCall<T>> {
    const { model, config, params } = this
    checkToolNames(config.tools)
    throwIfStopped(cancellation)
    try {
      this.messages = await cancellation.race(messagesOf(this.#prompt), () => {})
    } catch (error) {
      throwIfStopped(cancellation)
      throw error
    }
    return this.#adapter.encode({ model, messages: this.messages, config, params, stream })
  }
}

/** What is no answer of this provider's may be anything: whatever reading it throws, that is what it means. */
function decodeAnswer<T extends ProviderTypes>(
  encoded: EncodedCall<T>,
  body: Record<string, unknown>,
): readonly Delta[] {
  try {
    return encoded.decodeBody(body)
  } catch (cause) {
    if (cause instanceof InterlinguaError) throw cause
    const text = JSON.stringify(body)
    const message = `the server sent an answer that could not be understood: ${excerpt(text)}`
    throw new InterlinguaError({ code: 'protocol', message, body: text.slice(0, 200), cause })
  }
}

function incomplete(body: Record<string, unknown>): ErrorDetails {
  const text = JSON.stringify(body)
  const message = `the answer has no finish reason, so that it is not complete: ${excerpt(text)}`
  return { code: 'truncated', message, retryable: true, body: text.slice(0, 200) }
}

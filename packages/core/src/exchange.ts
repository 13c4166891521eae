import type { Adapter, EncodedCall } from './adapter.ts'
import { Attempts } from './attempts.ts'
import { type CallOrigin, callRecord, originOf, setCallRecord } from './call-record.ts'
import { splitOptions } from './call-options.ts'
import { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { type Continuation, setContinuation } from './continuation.ts'
import { type Cost, costOf } from './cost.ts'
import { readTimeout, startTotal, type Timeout } from './deadline.ts'
import { DeadlineWatch } from './deadline-watch.ts'
import { type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
import type { ExplainOptions, Explanation } from './explanation.ts'
import {
  hasBegun,
  noteFailedAttempts,
  type Spending,
  spentOn,
  totalSpending,
  withFailedAttempts,
} from './failed-attempt.ts'
import { Fold } from './fold.ts'
import { runHook } from './hook-failure.ts'
import { LateReader } from './late-reader.ts'
import { excerpt, parseObject } from './json.ts'
import type { AssistantMessage } from './message.ts'
import type { Model } from './model.ts'
import type { CheckedOutput, OutputCheck } from './output-check.ts'
import { messagesOf, type Prompt } from './prompt.ts'
import { redactAddress } from './redaction.ts'
import { type Received, request } from './request.ts'
import type { ResponseFields } from './response.ts'
import { readRetryPolicy } from './retry-policy.ts'
import { completeError } from './service.ts'
import { Stopwatch } from './stopwatch.ts'
import type { StreamSource } from './stream.ts'
import type { ToolCall } from './tool.ts'
import { readingOf } from './tool-call-reading.ts'
import { checkToolNames } from './tool-names.ts'
import { readFailureBody, readText, throwIfStopped } from './transport.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import type { Usage } from './usage.ts'
import { decodeAnswer, incompleteAnswer } from './whole-answer.ts'
import { WireReader } from './wire-reader.ts'

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
  /** Where the request was sent, without what is secret in it. */
  #address = ''
  /** What the last attempt was answered with. */
  #received: Received | undefined
  #raw: unknown
  #check: ((output: OutputCheck, text: string) => CheckedOutput) | undefined
  #fold: Fold | undefined
  #asked = false
  #attempts: Attempts | undefined
  #timeout: Timeout = {}
  #stopTotal = (): void => {}

  /** `owner` is the model that is asked when the response is resumed. */
  constructor(adapter: Adapter<T>, model: string, prompt: Prompt<T>, options?: CallOptions<T>, owner?: Model<T>) {
    const { config, params } = splitOptions<T>(options)
    this.#adapter = adapter
    this.#prompt = prompt
    this.#continuation = owner && { model: owner, options: { ...options } }
    this.provider = adapter.provider
    this.model = model
    this.endsAtFinish = adapter.endsAtFinish
    this.config = config
    this.params = params
  }

  /** Asks for a whole answer, again where that may help. */
  async call(): Promise<T['Response']> {
    const stopwatch = new Stopwatch()
    const cancellation = new Cancellation(this.config.signal)
    try {
      const attempts = this.#begin(cancellation)
      for (;;) {
        try {
          const answer = await this.#ask(cancellation, stopwatch)
          attempts.succeed(this.#adapter.reliability?.budget)
          return this.#whole(answer)
        } catch (error) {
          if (!isInterlinguaError(error)) throw error
          const failure = this.createError(error)
          // What has begun to answer is not asked again behind the caller's back, streamed or not.
          if (hasBegun(failure.partial)) throw noteFailedAttempts(failure, attempts.failed)
          await attempts.next(failure, spentOn(failure), cancellation.signal)
        }
      }
    } catch (error) {
      throw isInterlinguaError(error) ? this.createError(error) : error
    } finally {
      this.#stopTotal()
      cancellation.release()
    }
  }

  /** The request that would be sent. */
  async explain({ stream = false }: ExplainOptions = {}): Promise<Explanation<T>> {
    const cancellation = new Cancellation(this.config.signal)
    try {
      const encoded = await this.#encode(stream, cancellation)
      const { explainRequest } = await import('./explain-request.ts')
      const { provider, model, messages } = this
      const attempts = this.#begin(cancellation)
      return { provider, model, messages, ...explainRequest(encoded, { headers: this.config.headers, attempts }) }
    } catch (error) {
      throw isInterlinguaError(error) ? this.createError(error) : error
    } finally {
      this.#stopTotal()
      cancellation.release()
    }
  }

  async open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<T['Chunk']>> {
    this.#begin(cancellation)
    return this.#open(cancellation, stopwatch)
  }

  /** Asks again where that may help and nothing of an answer has come. */
  async recover(
    error: InterlinguaError,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<ChunkReader<T['Chunk']> | undefined> {
    const attempts = this.#attempts
    if (!attempts) return undefined
    const own = this.#build(this.#fold ?? new Fold(), stopwatch)
    const begun = hasBegun(own)
    const delayMs = begun ? undefined : attempts.delayAfter(error)
    if (delayMs === undefined) {
      if (begun) noteFailedAttempts(error, attempts.failed)
      this.#stopTotal()
      return undefined
    }
    await runHook(() => attempts.pause(error, own, { delayMs, signal: cancellation.signal }))
    return new LateReader([], () => this.#open(cancellation, stopwatch))
  }

  createResponse(fold: Fold, stopwatch: Stopwatch): T['Response'] {
    this.#fold = fold
    return this.#whole(this.#build(fold, stopwatch))
  }

  /** Reads how long and how often to try, when a call begins. */
  #begin(cancellation: Cancellation): Attempts {
    const { timeout, retry } = this.config
    const { reliability } = this.#adapter
    this.#timeout = readTimeout(timeout, reliability?.timeout)
    this.#stopTotal = startTotal(this.#timeout, cancellation)
    const policy = readRetryPolicy(retry, reliability?.retry)
    return (this.#attempts = new Attempts({ provider: this.provider, id: this.model }, policy))
  }

  /** One attempt at a whole answer. */
  async #ask(cancellation: Cancellation, stopwatch: Stopwatch): Promise<T['Response']> {
    const { response, encoded, watch } = await this.#send(false, cancellation, stopwatch)
    try {
      const body = parseObject(await readText(response, watch, this.#adapter.reliability?.limits.responseCharacters))
      this.#raw = body
      stopwatch.markEnd()
      const fold = new Fold(await readingOf(this.config))
      for (const delta of await decodeAnswer(encoded, body)) fold.add(delta)
      const answer = this.#build(fold, stopwatch)
      if (fold.finished && !fold.failure) return answer
      const error = this.createError(fold.failure ?? incompleteAnswer(body))
      error.partial = answer
      throw error
    } finally {
      watch.release()
    }
  }

  /** One attempt at a stream. */
  async #open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<T['Chunk']>> {
    const { response, encoded, watch } = await this.#send(true, cancellation, stopwatch)
    const type = response.headers.get('content-type') ?? ''
    const { framing: usual = 'server-sent-events', reliability } = this.#adapter
    // What the server says that it sends comes before what it usually sends.
    const framing = type.includes('event-stream') ? 'server-sent-events' : usual
    if (response.body && !notAStream.test(type)) {
      return new WireReader(response.body, framing, (event) => encoded.decode(event), {
        watch,
        limits: reliability?.limits,
        onEnd: () => {
          this.#stopTotal()
          this.#attempts?.succeed(reliability?.budget)
        },
        awaited: () => encoded.awaited?.(),
      })
    }
    const body = await readFailureBody(response, watch)
    watch.release()
    const what = body.trim() === '' ? 'nothing' : `${type || 'this'}: ${excerpt(body)}`
    throw new InterlinguaError({
      code: 'protocol',
      status: response.status,
      message: `the server answered the request for a stream with ${what}. Check \`baseURL\`, and any proxy in between.`,
      body,
    })
  }

  /** A response with the attempts before it. */
  #whole(response: T['Response']): T['Response'] {
    const whole = withFailedAttempts(response, this.#attempts?.failed ?? [])
    if (this.#continuation) setContinuation(whole, this.#continuation)
    return whole
  }

  #build(fold: Fold, stopwatch: Stopwatch): T['Response'] {
    const model = fold.model ?? this.model
    const encoded = this.#encoded
    const message = { ...fold.message(), provider: this.provider }
    const checked = this.#checkOutput(fold, message)
    const fields: ResponseFields<T> = {
      provider: this.provider,
      model,
      id: fold.id,
      requestId: this.#received?.requestId,
      message,
      finishReason: fold.finishReason,
      usage: fold.usage,
      cost: this.#costOf(fold.usage, model),
      logprobs: [...fold.logprobs],
      json: checked.json,
      warnings: [...(this.#received?.warnings ?? []), ...fold.warnings, ...checked.warnings],
      timings: stopwatch.timings(),
      messages: this.messages,
      request: encoded && { url: this.#address, body: encoded.body },
      headers: this.#received?.headers ?? {},
      raw: this.#raw,
    }
    const response = encoded?.createResponse?.(fields) ?? this.#adapter.createResponse(fields)
    setCallRecord(response, callRecord(this.origin, this.config, this.params))
    return response
  }

  get origin(): CallOrigin<T> {
    return originOf(this.messages.length > 0 ? this.messages : this.#prompt)
  }

  spending({ usage, model = this.model }: Fold): Spending {
    const spent = { usage, cost: this.#costOf(usage, model) }
    return totalSpending(spent, this.#attempts?.failed ?? [])
  }

  createTool(call: ToolCall, delta?: string): T['Tool'] {
    return this.#adapter.createTool(call, delta)
  }

  createError(details: ErrorDetails): InterlinguaError {
    return completeError(this.#adapter, details, {
      model: this.model,
      requestId: this.#received?.requestId,
      redaction: this.#received?.redaction,
      attempts: this.#received && 1,
    })
  }

  /** What a provider says that it charges comes before what its price list says. */
  #costOf(usage: Usage, model: string): Cost | undefined {
    const { billedNanoUsd: nanoUsd } = usage
    if (nanoUsd !== undefined) return { nanoUsd, items: [] }
    return costOf(this.#adapter.billableUnits(usage), this.#adapter.price(model))
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
  ): Promise<{ readonly response: Response; readonly encoded: EncodedCall<T>; readonly watch: DeadlineWatch }> {
    // What decodes an answer may remember the one before, so that each attempt has its own.
    const encoded = await this.#encode(stream, cancellation)
    this.#encoded = encoded
    this.#address = redactAddress(encoded.url)
    if (encoded.output) this.#check = (await import('./output-check.ts')).checkOutput
    const attempts = this.#attempts ?? this.#begin(cancellation)
    const watch = new DeadlineWatch(
      cancellation,
      this.#timeout,
      stream ? { streamed: true, hasBegun: () => !stopwatch.awaitsFirstToken } : {},
    )
    this.#received = await request(this.#adapter, encoded, { headers: this.config.headers, watch, attempts })
    stopwatch.markHeaders()
    return { response: this.#received.response, encoded, watch }
  }

  /** What is sent, and shown where a call is explained. */
  async #encode(stream: boolean, cancellation: Cancellation): Promise<EncodedCall<T>> {
    const { model, config, params } = this
    this.#received = undefined
    checkToolNames(config.tools)
    throwIfStopped(cancellation)
    try {
      // The prompt is made once, however many attempts there are.
      if (!this.#asked) this.messages = await cancellation.race(messagesOf(this.#prompt), () => {})
      this.#asked = true
    } catch (error) {
      throwIfStopped(cancellation)
      throw error
    }
    return this.#adapter.encode({ model, messages: this.messages, config, params, stream })
  }
}

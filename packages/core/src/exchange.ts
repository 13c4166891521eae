import type { Adapter, EncodedCall } from './adapter.ts'
import { Attempts } from './attempts.ts'
import { type CallOrigin, callRecord, originOf, setCallRecord } from './call-record.ts'
import { splitOptions } from './call-options.ts'
import type { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { type Continuation, setContinuation } from './continuation.ts'
import { type Cost, costOf } from './cost.ts'
import { readTimeout, startTotal, type Timeout } from './deadline.ts'
import { DeadlineWatch } from './deadline-watch.ts'
import { type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
import type { ExplainOptions, Explanation } from './explanation.ts'
import type { Spending } from './failed-attempt.ts'
import { Fold } from './fold.ts'
import { late, loadRecovery } from './late-recovery.ts'
import type { Model } from './model.ts'
import type { checkAnswer } from './output-check.ts'
import { messagesOf, type Prompt } from './prompt.ts'
import { redactAddress } from './redaction.ts'
import type { ReceivedResponse } from './received-response.ts'
import { request } from './request.ts'
import type { ResponseFields } from './response.ts'
import { readRetryPolicy } from './retry-policy.ts'
import { completeError } from './service.ts'
import { Stopwatch } from './stopwatch.ts'
import type { StreamSource } from './stream.ts'
import type { ToolCall } from './tool.ts'
import { checkToolNames } from './tool-names.ts'
import { throwIfStopped } from './transport.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import type { Usage } from './usage.ts'
import { WireReader } from './wire-reader.ts'

/** Cohere streams lines as `application/stream+json`; `application/json` is a single answer. */
const notAStream = /html|application\/json/

const loadExplanation = late(() => import('./explain-request.ts'))
const loadWholeCall = late(() => import('./whole-call.ts'))

/** One request to a provider, and what comes of it: a whole answer, or the source of a stream. */
export class Exchange<T extends ProviderTypes> implements StreamSource<T> {
  readonly adapter: Adapter<T>
  readonly provider: string
  readonly model: string
  readonly config: T['Config']
  readonly params: T['Params']
  readonly endsAtFinish: boolean
  messages: readonly T['Message'][] = []
  /** The whole answer, where it came in one piece. */
  raw: unknown
  /** Ends the time that everything together may take. */
  stopTotal = (): void => {}
  readonly #prompt: Prompt<T>
  readonly #continuation: Continuation<T> | undefined
  #encoded: EncodedCall<T> | undefined
  /** Where the request was sent, without what is secret in it. */
  #address = ''
  /** What the last attempt was answered with. */
  #received: ReceivedResponse | undefined
  #check: typeof checkAnswer | undefined
  #fold: Fold | undefined
  #asked = false
  #attempts: Attempts | undefined
  #timeout: Timeout = {}

  /** `owner` is the model that is asked when the response is resumed. */
  constructor(adapter: Adapter<T>, model: string, prompt: Prompt<T>, options?: CallOptions<T>, owner?: Model<T>) {
    const { config, params } = splitOptions<T>(options)
    this.adapter = adapter
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
    try {
      const { askWhole } = await loadWholeCall()
      return await askWhole(this, stopwatch)
    } catch (error) {
      throw isInterlinguaError(error) ? this.createError(error) : error
    }
  }

  /** The request that would be sent. */
  async explain(options?: ExplainOptions): Promise<Explanation<T>> {
    try {
      const { explainExchange } = await loadExplanation()
      return await explainExchange(this, options)
    } catch (error) {
      throw isInterlinguaError(error) ? this.createError(error) : error
    }
  }

  open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<T['Chunk']>> {
    this.begin(cancellation)
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
    const recovery = await loadRecovery(cancellation.signal)
    const own = this.build(this.#fold ?? new Fold(), stopwatch)
    const open = (): Promise<ChunkReader<T['Chunk']>> => this.#open(cancellation, stopwatch)
    const reader = await recovery?.reopen(attempts, error, own, { signal: cancellation.signal, open })
    if (!reader) this.stopTotal()
    return reader
  }

  createResponse(fold: Fold, stopwatch: Stopwatch): T['Response'] {
    this.#fold = fold
    return this.whole(this.build(fold, stopwatch))
  }

  /** Reads how long and how often to try, when a call begins. */
  begin(cancellation: Cancellation): Attempts {
    const { timeout, retry } = this.config
    const { reliability } = this.adapter
    this.#timeout = readTimeout(timeout, reliability?.timeout)
    this.stopTotal = startTotal(this.#timeout, cancellation)
    const policy = readRetryPolicy(retry, reliability?.retry)
    return (this.#attempts = new Attempts({ provider: this.provider, id: this.model }, policy))
  }

  /** One attempt at a stream. */
  async #open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<T['Chunk']>> {
    const { response, encoded, watch } = await this.send(true, cancellation, stopwatch)
    const type = response.headers.get('content-type') ?? ''
    const { framing: usual = 'server-sent-events', reliability } = this.adapter
    // What the server says that it sends comes before what it usually sends.
    const framing = type.includes('event-stream') ? 'server-sent-events' : usual
    if (response.body && !notAStream.test(type)) {
      return new WireReader(response.body, framing, (event) => encoded.decode(event), {
        watch,
        limits: reliability?.limits,
        onEnd: () => {
          this.stopTotal()
          this.#attempts?.succeed(reliability?.budget)
        },
        awaited: () => encoded.awaited?.(),
      })
    }
    const recovery = await loadRecovery(cancellation.signal)
    if (recovery) throw await recovery.notAStream(response, watch)
    watch.abort(undefined)
    const message = 'the server answered the request for a stream with something else.'
    throw new InterlinguaError({ code: 'protocol', status: response.status, message })
  }

  /** A response with the attempts before it. */
  whole(response: T['Response']): T['Response'] {
    const { sums, failed = [] } = this.#attempts ?? {}
    const whole = sums?.withFailedAttempts(response, failed) ?? response
    if (this.#continuation) setContinuation(whole, this.#continuation)
    return whole
  }

  build(fold: Fold, stopwatch: Stopwatch): T['Response'] {
    const model = fold.model ?? this.model
    const encoded = this.#encoded
    const message = { ...fold.message(), provider: this.provider }
    const checked = encoded?.output && this.#check?.(encoded.output, fold.finishReason, message)
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
      json: checked?.json,
      warnings: [...(this.#received?.warnings ?? []), ...fold.warnings, ...(checked?.warnings ?? [])],
      timings: stopwatch.timings(),
      messages: this.messages,
      request: encoded && { url: this.#address, body: encoded.body },
      headers: this.#received?.headers ?? {},
      raw: this.raw,
    }
    const response = encoded?.createResponse?.(fields) ?? this.adapter.createResponse(fields)
    setCallRecord(response, callRecord(this.origin, this.config, this.params))
    return response
  }

  get origin(): CallOrigin<T> {
    return originOf(this.messages.length > 0 ? this.messages : this.#prompt)
  }

  spending({ usage, model = this.model }: Fold): Spending {
    const spent = { usage, cost: this.#costOf(usage, model) }
    const { sums, failed = [] } = this.#attempts ?? {}
    return sums?.totalSpending(spent, failed) ?? spent
  }

  createTool(call: ToolCall, delta?: string): T['Tool'] {
    return this.adapter.createTool(call, delta)
  }

  createError(details: ErrorDetails): InterlinguaError {
    return completeError(this.adapter, details, {
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
    return costOf(this.adapter.billableUnits(usage), this.adapter.price(model))
  }

  async send(
    stream: boolean,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<{ readonly response: Response; readonly encoded: EncodedCall<T>; readonly watch: DeadlineWatch }> {
    // What decodes an answer may remember the one before, so that each attempt has its own.
    const encoded = await this.encode(stream, cancellation)
    this.#encoded = encoded
    this.#address = redactAddress(encoded.url)
    if (encoded.output) this.#check = (await import('./output-check.ts')).checkAnswer
    const attempts = this.#attempts ?? this.begin(cancellation)
    const watch = new DeadlineWatch(
      cancellation,
      this.#timeout,
      stream ? { streamed: true, hasBegun: () => !stopwatch.awaitsFirstToken } : {},
    )
    this.#received = await request(this.adapter, encoded, { headers: this.config.headers, watch, attempts })
    stopwatch.markHeaders()
    return { response: this.#received.response, encoded, watch }
  }

  /** What is sent, and shown where a call is explained. */
  async encode(stream: boolean, cancellation: Cancellation): Promise<EncodedCall<T>> {
    const { model, config, params } = this
    this.#received = undefined
    checkToolNames(config.tools)
    throwIfStopped(cancellation)
    try {
      // The prompt is made once, however many attempts there are.
      if (!this.#asked) {
        const messages = messagesOf(this.#prompt)
        this.messages = await (typeof this.#prompt === 'function' ? cancellation.race(messages, () => {}) : messages)
      }
      this.#asked = true
    } catch (error) {
      throwIfStopped(cancellation)
      throw error
    }
    return this.adapter.encode({ model, messages: this.messages, config, params, stream })
  }
}

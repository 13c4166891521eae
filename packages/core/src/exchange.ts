import type { Adapter, EncodedRequest } from './adapter.ts'
import { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { costOf } from './cost.ts'
import { type ErrorDetails, InterlinguaError } from './error.ts'
import { Fold } from './fold.ts'
import { excerpt, parseObject } from './json.ts'
import { messagesOf, type Prompt } from './prompt.ts'
import { Stopwatch } from './stopwatch.ts'
import type { StreamSource } from './stream.ts'
import type { ToolCall } from './tool.ts'
import { readFailureBody, readText, send } from './transport.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import type { Warning } from './warning.ts'
import { WireReader } from './wire-reader.ts'

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
  #request: EncodedRequest | undefined
  #headers: Headers | undefined
  #requestId: string | undefined
  #warnings: readonly Warning[] = []
  #raw: unknown

  constructor(adapter: Adapter<T>, model: string, prompt: Prompt<T>, options: CallOptions<T> | undefined) {
    const { signal, headers, ...params }: CallOptions<ProviderTypes> = options ?? {}
    this.#adapter = adapter
    this.#prompt = prompt
    this.provider = adapter.provider
    this.model = model
    this.endsAtFinish = adapter.endsAtFinish
    this.config = { ...(signal && { signal }), ...(headers && { headers }) }
    this.params = params
  }

  /** Asks for a whole answer. */
  async call(): Promise<T['Response']> {
    const stopwatch = new Stopwatch()
    const cancellation = new Cancellation(this.config.signal)
    try {
      const response = await this.#send(false, cancellation, stopwatch)
      this.#raw = parseObject(await readText(response, cancellation))
      stopwatch.markEnd()
      const fold = new Fold()
      for (const delta of this.#adapter.decodeBody(this.#raw)) fold.add(delta)
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
    const response = await this.#send(true, cancellation, stopwatch)
    const type = response.headers.get('content-type') ?? ''
    if (response.body && !/html|json/.test(type))
      return new WireReader(response.body, (event) => this.#adapter.decode(event))
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
    const request = this.#request
    return this.#adapter.createResponse({
      provider: this.provider,
      model,
      id: fold.id,
      requestId: this.#requestId,
      message: fold.message(),
      finishReason: fold.finishReason,
      usage: fold.usage,
      cost: costOf(this.#adapter.billableUnits(fold.usage), this.#adapter.price(model)),
      logprobs: [...fold.logprobs],
      warnings: [...this.#warnings, ...fold.warnings],
      timings: stopwatch.timings(),
      messages: this.messages,
      request: request && { url: request.url, body: request.body },
      headers: Object.fromEntries(this.#headers ?? []),
      raw: this.#raw,
    })
  }

  createTool(call: ToolCall): T['Tool'] {
    return this.#adapter.createTool(call)
  }

  createError(details: ErrorDetails): InterlinguaError {
    if (details instanceof InterlinguaError && details.provider !== undefined) return details
    const { code, status, retryable, body, cause } = details
    return new InterlinguaError({
      code,
      message: `${this.#adapter.displayName} (${this.model}): ${details.message}`,
      provider: this.provider,
      model: this.model,
      status,
      requestId: this.#requestId,
      retryable,
      body,
      cause,
    })
  }

  async #send(stream: boolean, cancellation: Cancellation, stopwatch: Stopwatch): Promise<Response> {
    const adapter = this.#adapter
    this.messages = await messagesOf(this.#prompt)
    this.#request = adapter.encode({ model: this.model, messages: this.messages, params: this.params, stream })
    const { fetch } = adapter
    const response = await send(this.#request, { fetch, headers: this.config.headers, cancellation })
    stopwatch.markHeaders()
    this.#headers = response.headers
    const { requestId, warnings } = adapter.decodeHeaders(response.headers)
    this.#requestId = requestId
    this.#warnings = [...this.#request.warnings, ...warnings]
    if (response.ok) return response
    const body = await readFailureBody(response, cancellation)
    const failure = adapter.decodeFailure({ status: response.status, headers: response.headers, body })
    throw new InterlinguaError({
      code: failure.code,
      status: response.status,
      message: `${failure.message}${failure.advice ? ` ${failure.advice}` : ''} (HTTP ${response.status})`,
      retryable: failure.retryable,
      body,
    })
  }
}

import { withOriginOf } from './call-record.ts'
import { type BackOff, delayAfter } from './back-off.ts'
import type { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { setContinuation } from './continuation.ts'
import { InterlinguaError, isInterlinguaError } from './error.ts'
import {
  type FailedAttempt,
  failedAttempt,
  hasBegun,
  noteFailedAttempts,
  type Spending,
  spentOn,
  totalSpending,
  withFailedAttempts,
} from './failed-attempt.ts'
import { dynamicModel } from './dynamic-model.ts'
import type { Fold } from './fold.ts'
import { HookFailure, runHook, thrownBy } from './hook-failure.ts'
import { LateReader } from './late-reader.ts'
import type { Model } from './model.ts'
import { messagesOf, type Prompt } from './prompt.ts'
import type { BaseCallResponse } from './response.ts'
import { sourceOf, SourceRelay } from './source-relay.ts'
import type { Stopwatch } from './stopwatch.ts'
import { BaseStream, type StreamSource } from './stream.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import { wait as waitForTimer, type Wait } from './wait.ts'

/** An attempt that failed and will be followed by another. */
export interface RetryEvent {
  /** Which attempt failed, counted from 1. */
  readonly attempt: number
  readonly error: InterlinguaError
  /** How long until the next one. */
  readonly delayMs: number
}

/** When and how to ask again. */
export interface RetryOptions<T extends ProviderTypes = ProviderTypes> {
  /** How many attempts there are in all. Default 3. */
  readonly attempts?: number
  readonly backOff?: BackOff
  /** Whether a failure is worth another attempt. Default: `error.retryable`. */
  readonly when?: (error: InterlinguaError) => boolean
  /** Told of each attempt that failed, before the wait for the next one. */
  readonly onRetry?: (event: RetryEvent) => void | PromiseLike<void>
  /** Makes the next conversation of the errors so far and the first conversation: the model sees what was wrong. */
  readonly reinsert?: (
    errors: readonly InterlinguaError[],
    messages: readonly T['Message'][],
  ) => readonly T['Message'][] | PromiseLike<readonly T['Message'][]>
  /** How to wait. Default: the platform's timer. */
  readonly wait?: Wait
}

/**
 * A model that asks again where an attempt fails. A stream is asked for again until something of the answer has arrived;
 * after that its error is thrown, and nothing is sent again behind the caller's back. `failedAttempts(response)` lists what
 * failed; its usage is counted.
 *
 * ```ts
 * const model = retry(cohere('command-a-03-2025'), { attempts: 5, onRetry: ({ error }) => console.warn(error.message) })
 * ```
 */
export function retry<T extends ProviderTypes>(model: Model<T>, options?: RetryOptions<T>): Model<T>
export function retry(model: Model, options: RetryOptions = {}): Model {
  const wrapped: Model = dynamicModel({
    ...model,
    call: async (prompt, callOptions = {}) => {
      const attempts = new Attempts(model, prompt, options)
      for (;;) {
        try {
          const response = withFailedAttempts(await model.call(attempts.prompt, callOptions), attempts.failed)
          setContinuation(response, { model: wrapped, options: callOptions })
          return response
        } catch (error) {
          if (!isInterlinguaError(error)) throw error
          await attempts.next(error, spentOn(error), callOptions.signal)
        }
      }
    },
    stream: (prompt, callOptions = {}) => {
      const attempts = new Attempts(model, prompt, options)
      return BaseStream.over(
        model.stream(attempts.prompt, callOptions),
        (source) => new RetrySource(source, attempts, { model, wrapped, callOptions }),
      )
    },
  })
  return wrapped
}

/** The attempts of one call. */
class Attempts {
  prompt: Prompt
  readonly failed: FailedAttempt[] = []
  readonly #first: Prompt
  readonly #model: Model
  readonly #options: RetryOptions

  constructor(model: Model, prompt: Prompt, options: RetryOptions) {
    this.#model = model
    this.#first = prompt
    this.prompt = prompt
    this.#options = options
  }

  /** Waits until the next attempt is due, and prepares it. Throws the error where there is none. */
  async next(
    error: InterlinguaError,
    spent: Spending,
    signal: AbortSignal | undefined,
    beforeWait?: () => Promise<unknown>,
  ): Promise<void> {
    const { attempts = 3, backOff, when = isRetryable, onRetry, reinsert, wait = waitForTimer } = this.#options
    const attempt = this.failed.length + 1
    const again = attempt < attempts && error.code !== 'aborted' && when(error)
    const delayMs = again ? delayAfter(attempt, error, backOff) : undefined
    if (delayMs === undefined) throw noteFailedAttempts(error, this.failed)
    await beforeWait?.()
    const { provider, id } = this.#model
    this.failed.push(failedAttempt(this.#model, error, spent))
    await onRetry?.({ attempt, error, delayMs })
    try {
      await wait(delayMs, signal)
    } catch (cause) {
      if (!signal?.aborted) throw cause
      const message = 'the call was stopped by its signal while it waited for another attempt.'
      throw new InterlinguaError({ code: 'aborted', message, provider, model: id, cause })
    }
    if (!reinsert) return
    const messages = await messagesOf(this.#first)
    const errors = this.failed.map((each) => each.error)
    this.prompt = withOriginOf(messages, await reinsert(errors, messages))
  }
}

function isRetryable({ retryable }: InterlinguaError): boolean {
  return retryable
}

interface RetryContext {
  readonly model: Model
  readonly wrapped: Model
  readonly callOptions: CallOptions<ProviderTypes>
}

class RetrySource extends SourceRelay {
  readonly #attempts: Attempts
  readonly #context: RetryContext

  constructor(first: StreamSource, attempts: Attempts, context: RetryContext) {
    super(first)
    this.#attempts = attempts
    this.#context = context
  }

  override createResponse(fold: Fold, stopwatch: Stopwatch): BaseCallResponse {
    const { wrapped, callOptions } = this.#context
    const response = withFailedAttempts(super.createResponse(fold, stopwatch), this.#attempts.failed)
    setContinuation(response, { model: wrapped, options: callOptions })
    return response
  }

  override spending(fold: Fold): Spending {
    return totalSpending(super.spending(fold), this.#attempts.failed)
  }

  override async recover(
    failure: InterlinguaError,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<ChunkReader<ProviderTypes['Chunk']> | undefined> {
    const own = this.own()
    let error = failure
    try {
      const reader = await super.recover(failure, cancellation, stopwatch)
      if (reader) return reader
    } catch (thrown) {
      const replacement = thrownBy(thrown)
      if (!isInterlinguaError(replacement)) throw thrown
      error = replacement
    }
    if (hasBegun(own)) throw new HookFailure(noteFailedAttempts(error, this.#attempts.failed))
    const { model, callOptions } = this.#context
    const settle = (): Promise<unknown> => this.settle({ error, partial: own })
    await runHook(() => this.#attempts.next(error, own, cancellation.signal, settle))
    this.replaceBy(sourceOf(model.stream(this.#attempts.prompt, callOptions)))
    return new LateReader([], () => this.open(cancellation, stopwatch))
  }
}

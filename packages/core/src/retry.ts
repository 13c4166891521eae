import { Attempts } from './attempts.ts'
import { withOriginOf } from './call-record.ts'
import type { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { setContinuation } from './continuation.ts'
import { dynamicModel } from './dynamic-model.ts'
import { type InterlinguaError, isInterlinguaError } from './error.ts'
import {
  hasBegun,
  noteFailedAttempts,
  type Spending,
  spentOn,
  totalSpending,
  withFailedAttempts,
} from './failed-attempt.ts'
import type { Fold } from './fold.ts'
import { HookFailure, runHook } from './hook-failure.ts'
import { LateReader } from './late-reader.ts'
import type { Model } from './model.ts'
import { delayBefore, pause } from './next-attempt.ts'
import { messagesOf, type Prompt } from './prompt.ts'
import type { BaseCallResponse } from './response.ts'
import { idempotencyKeys, readRetryPolicy, type RetryPolicy } from './retry-policy.ts'
import { sourceOf } from './source-of.ts'
import { SourceRelay } from './source-relay.ts'
import type { Stopwatch } from './stopwatch.ts'
import { BaseStream, type StreamSource } from './stream.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import { withoutUndefined } from './without-undefined.ts'

/** When and how a model is asked again. */
export interface RetryOptions<T extends ProviderTypes = ProviderTypes> extends RetryPolicy {
  /** Makes the next conversation of the errors so far and the first conversation: the model sees what was wrong. */
  readonly reinsert?: (
    errors: readonly InterlinguaError[],
    messages: readonly T['Message'][],
  ) => readonly T['Message'][] | PromiseLike<readonly T['Message'][]>
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
  readRetryPolicy(options)
  const wrapped: Model = dynamicModel({
    ...model,
    call: async (prompt, callOptions = {}) => {
      const run = new RetryRun(model, prompt, options, callOptions)
      for (;;) {
        try {
          const response = withFailedAttempts(await model.call(run.prompt, run.callOptions), run.attempts.failed)
          run.attempts.succeed()
          setContinuation(response, { model: wrapped, options: callOptions })
          return response
        } catch (error) {
          if (!isInterlinguaError(error)) throw error
          await run.next(error, spentOn(error), callOptions.signal)
        }
      }
    },
    stream: (prompt, callOptions = {}) => {
      const run = new RetryRun(model, prompt, options, callOptions)
      return BaseStream.over(
        model.stream(run.prompt, run.callOptions),
        (source) => new RetrySource(source, run, { model, wrapped, callOptions }),
      )
    },
  })
  return wrapped
}

/** One call. What is inside sends each request once: the loop around it is the only one. */
class RetryRun {
  prompt: Prompt
  readonly attempts: Attempts
  readonly callOptions: CallOptions<ProviderTypes>
  readonly #first: Prompt
  readonly #reinsert: RetryOptions['reinsert']

  constructor(model: Model, prompt: Prompt, options: RetryOptions, callOptions: CallOptions<ProviderTypes>) {
    const { reinsert, ...defaults } = options
    const policy = readRetryPolicy(callOptions.retry, defaults)
    const { idempotencyHeader, idempotencyKey = idempotencyKeys() } = policy
    const once = withoutUndefined({ attempts: 1, idempotencyHeader, idempotencyKey })
    this.#first = prompt
    this.#reinsert = reinsert
    this.prompt = prompt
    this.attempts = new Attempts(model, policy)
    this.callOptions = { ...callOptions, retry: once }
  }

  /** Waits until the next attempt is due, and prepares it. Throws the error where there is none. */
  async next(
    error: InterlinguaError,
    spent: Spending,
    signal: AbortSignal | undefined,
    beforeWait?: () => Promise<unknown>,
  ): Promise<void> {
    const delayMs = delayBefore(this.attempts, error)
    if (delayMs === undefined) throw error
    await beforeWait?.()
    await pause(this.attempts, error, spent, { delayMs, signal })
    if (!this.#reinsert) return
    const messages = await messagesOf(this.#first)
    const errors = this.attempts.failed.map((each) => each.error)
    this.prompt = withOriginOf(messages, await this.#reinsert(errors, messages))
  }
}

interface RetryContext {
  readonly model: Model
  readonly wrapped: Model
  readonly callOptions: CallOptions<ProviderTypes>
}

class RetrySource extends SourceRelay {
  readonly #run: RetryRun
  readonly #context: RetryContext

  constructor(first: StreamSource, run: RetryRun, context: RetryContext) {
    super(first)
    this.#run = run
    this.#context = context
  }

  override createResponse(fold: Fold, stopwatch: Stopwatch): BaseCallResponse {
    const { wrapped, callOptions } = this.#context
    const response = withFailedAttempts(super.createResponse(fold, stopwatch), this.#run.attempts.failed)
    setContinuation(response, { model: wrapped, options: callOptions })
    return response
  }

  override spending(fold: Fold): Spending {
    return totalSpending(super.spending(fold), this.#run.attempts.failed)
  }

  override async recover(
    failure: InterlinguaError,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<ChunkReader<ProviderTypes['Chunk']> | undefined> {
    const own = this.own()
    const { reader, error } = await this.recoverWithin(failure, cancellation, stopwatch)
    if (reader) return reader
    if (hasBegun(own)) throw new HookFailure(noteFailedAttempts(error, this.#run.attempts.failed))
    const { model } = this.#context
    const settle = (): Promise<unknown> => this.settle({ error, partial: own })
    await runHook(() => this.#run.next(error, own, cancellation.signal, settle))
    this.replaceBy(sourceOf(model.stream(this.#run.prompt, this.#run.callOptions)))
    return new LateReader([], () => this.open(cancellation, stopwatch))
  }
}

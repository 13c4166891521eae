import type { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { setContinuation } from './continuation.ts'
import { dynamicModel } from './dynamic-model.ts'
import { InterlinguaError, isInterlinguaError } from './error.ts'
import {
  failedAttempt,
  type FailedAttempt,
  hasBegun,
  noteFailedAttempts,
  type Spending,
  spentOn,
  totalSpending,
  withFailedAttempts,
} from './failed-attempt.ts'
import type { FallbackTypes } from './fallback-types.ts'
import type { Fold } from './fold.ts'
import { type HandOff, HandOffChunk, type ModelName } from './hand-off.ts'
import { HookFailure, runHook } from './hook-failure.ts'
import { LateReader } from './late-reader.ts'
import type { Model } from './model.ts'
import type { Prompt } from './prompt.ts'
import type { BaseCallResponse } from './response.ts'
import { sourceOf } from './source-of.ts'
import { SourceRelay } from './source-relay.ts'
import type { Stopwatch } from './stopwatch.ts'
import { BaseStream, type StreamSource } from './stream.ts'
import type { CallOptions, ProviderTypes } from './types.ts'

/** When to ask the next model. */
export interface FallbackOptions {
  /** Whether a failure is one to ask the next model for. Default: every one but a stop by the caller. */
  readonly when?: (error: InterlinguaError) => boolean
  /**
   * What to do where a model fails when part of its answer has arrived: `restart` hands off to the next model, which answers
   * from the beginning, and a `HandOffChunk` says where; `throw` throws the error. Default: `restart`.
   */
  readonly midStream?: 'restart' | 'throw'
  /** Told of each hand-off, streamed or not. */
  readonly onHandOff?: (handOff: HandOff) => void | PromiseLike<void>
}

/**
 * A model that asks the next one where one fails. The response says who answered. Its usage and cost count the failed ones
 * too, as far as they are known, and `failedAttempts(response)` lists them.
 *
 * A stream hands off at any moment. What arrived before a `HandOffChunk` is to be discarded, as `partial` and `response()`
 * do; what `text()` has yielded cannot be taken back, so that after its first piece it throws the error and asks nobody else.
 *
 * `explain` shows what the first model would be sent.
 *
 * ```ts
 * const model = fallback([cohere('command-a-03-2025'), cohere('command-r-08-2024')])
 * ```
 */
export function fallback<const Models extends readonly [Model, ...Model[]]>(
  models: Models,
  options?: FallbackOptions,
): Model<FallbackTypes<Models[number]>>
export function fallback(models: readonly Model[], options: FallbackOptions = {}): Model {
  const [first] = models
  if (!first) {
    throw new InterlinguaError({
      code: 'invalid_request',
      message: 'fallback needs at least one model.',
      field: 'models',
    })
  }
  return dynamicModel({
    ...first,
    call: async (prompt, callOptions = {}) => {
      const run = new FallbackRun(models, options, prompt, callOptions)
      for (;;) {
        try {
          return run.whole(await run.model.call(run.prompt, callOptions))
        } catch (error) {
          if (!isInterlinguaError(error)) throw error
          await run.next(error, spentOn(error))
        }
      }
    },
    stream: (prompt, callOptions = {}) => {
      const run = new FallbackRun(models, options, prompt, callOptions)
      return BaseStream.over(first.stream(run.prompt, callOptions), (source) => new FallbackSource(source, run))
    },
  })
}

/** One call, on its way from model to model. */
class FallbackRun {
  readonly prompt: Prompt
  readonly callOptions: CallOptions<ProviderTypes>
  readonly restarts: boolean
  readonly #models: readonly Model[]
  readonly #options: FallbackOptions
  readonly #failed: FailedAttempt[] = []

  constructor(
    models: readonly Model[],
    options: FallbackOptions,
    prompt: Prompt,
    callOptions: CallOptions<ProviderTypes>,
  ) {
    this.#models = models
    this.#options = options
    this.prompt = prompt
    this.callOptions = callOptions
    this.restarts = options.midStream !== 'throw'
  }

  /** The model whose turn it is. */
  get model(): Model {
    const model = this.#models[this.#failed.length]
    if (model) return model
    throw new TypeError('no model is left.')
  }

  /** Passes on to the next model. Throws the error where there is none, or where it is not to be asked. */
  async next(error: InterlinguaError, spent: Spending, beforeHandOff?: () => Promise<unknown>): Promise<HandOff> {
    const { when = () => true, onHandOff } = this.#options
    const from = this.model
    const isLast = this.#failed.length === this.#models.length - 1
    if (isLast || error.code === 'aborted' || !when(error)) throw this.failure(error)
    await beforeHandOff?.()
    this.#failed.push(failedAttempt(from, error, spent))
    const handOff: HandOff = { type: 'hand-off', from: nameOf(from), to: nameOf(this.model), error }
    await onHandOff?.(handOff)
    return handOff
  }

  /** The error that the caller gets. */
  failure(error: InterlinguaError): InterlinguaError {
    return noteFailedAttempts(error, this.#failed)
  }

  /** A response with what failed before it. It is resumed with the model that gave it, and the others in reserve. */
  whole(response: BaseCallResponse): BaseCallResponse {
    const whole = withFailedAttempts(response, this.#failed)
    const winner = this.model
    const others = this.#models.filter((model) => model !== winner)
    const model = fallback([winner, ...others], this.#options)
    setContinuation<ProviderTypes>(whole, { model, options: this.callOptions })
    return whole
  }

  /** What the model whose turn it is has consumed, together with those before it. */
  total(spent: Spending): Spending {
    return totalSpending(spent, this.#failed)
  }
}

function nameOf({ provider, id }: Model): ModelName {
  return { provider, model: id }
}

class FallbackSource extends SourceRelay {
  readonly #run: FallbackRun

  constructor(first: StreamSource, run: FallbackRun) {
    super(first)
    this.#run = run
  }

  override createResponse(fold: Fold, stopwatch: Stopwatch): BaseCallResponse {
    return this.#run.whole(super.createResponse(fold, stopwatch))
  }

  override spending(fold: Fold): Spending {
    return this.#run.total(super.spending(fold))
  }

  override async recover(
    failure: InterlinguaError,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<ChunkReader<ProviderTypes['Chunk']> | undefined> {
    const own = this.own()
    const { reader, error } = await this.recoverWithin(failure, cancellation, stopwatch)
    if (reader) return reader
    const run = this.#run
    if (!run.restarts && hasBegun(own)) throw new HookFailure(run.failure(error))
    const handOff = await runHook(() => run.next(error, own, () => this.settle({ error, partial: own })))
    this.replaceBy(sourceOf(run.model.stream(run.prompt, run.callOptions)))
    return new LateReader([new HandOffChunk(handOff)], () => this.open(cancellation, stopwatch))
  }
}

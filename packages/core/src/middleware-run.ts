import { withOriginOf } from './call-record.ts'
import { isInterlinguaError } from './error.ts'
import { HookFailure, runHook, thrownBy } from './hook-failure.ts'
import type { MiddlewareHooks, MiddlewareRequest } from './middleware-hooks.ts'
import type { Model } from './model.ts'
import { messagesOf, type Prompt } from './prompt.ts'
import type { BaseCallResponse } from './response.ts'
import { Stopwatch } from './stopwatch.ts'
import type { CallOptions, ProviderTypes } from './types.ts'

type Options = CallOptions<ProviderTypes>

/** Which call the hooks run around. */
interface MiddlewareCall {
  readonly wrapped: Model
  readonly model: Model
  readonly options: Options
  readonly streamed: boolean
  /** Whether nothing is to be sent. */
  readonly explained?: boolean
}

/** What is sent, or what is answered without sending anything. */
type Asked = { readonly prompt: Prompt; readonly options: Options; readonly changed: boolean } | AnswerOf
type AnswerOf = { readonly response: BaseCallResponse }

/** One call and the hooks around it. What a hook throws comes out as a `HookFailure`. */
export class MiddlewareRun {
  readonly call: MiddlewareCall
  readonly #hooks: MiddlewareHooks
  readonly #stopwatch = new Stopwatch()
  #request: MiddlewareRequest
  #finished = false

  constructor(hooks: MiddlewareHooks, call: MiddlewareCall) {
    this.#hooks = hooks
    this.call = call
    const { model, options, streamed, explained = false } = call
    this.#request = { provider: model.provider, model: model.id, messages: [], options, streamed, explained }
  }

  /** Whether chunks are to be looked at. */
  get watchesChunks(): boolean {
    return this.#hooks.chunk !== undefined
  }

  /** Lets the request hook have its say. */
  async ask(prompt: Prompt): Promise<Asked> {
    const { options } = this.call
    let messages: MiddlewareRequest['messages']
    try {
      messages = await messagesOf(prompt)
    } catch {
      // Whoever sends it says what is wrong with it.
      return { prompt, options, changed: false }
    }
    this.#request = { ...this.#request, messages }
    const change = await runHook(() => this.#hooks.request?.(this.#request))
    if (!change) return { prompt, options, changed: false }
    if ('response' in change) return change
    const sent = change.prompt === undefined ? messages : withOriginOf(messages, await messagesOf(change.prompt))
    this.#request = { ...this.#request, messages: sent, options: change.options ?? options }
    return { prompt: sent, options: this.#request.options, changed: true }
  }

  /** What the chunk hook makes of a chunk; now where the hook does not wait for anything. */
  look(chunk: ProviderTypes['Chunk']): ProviderTypes['Chunk'] | Promise<ProviderTypes['Chunk']> {
    try {
      const looked = this.#hooks.chunk?.(chunk, this.#request)
      if (!looked) return chunk
      return 'then' in looked ? runHook(async () => (await looked) ?? chunk) : looked
    } catch (error) {
      throw new HookFailure(error)
    }
  }

  async respond(response: BaseCallResponse): Promise<BaseCallResponse> {
    return (await runHook(() => this.#hooks.response?.(response, this.#request))) ?? response
  }

  /** The response that the error hook has instead of a failure. Throws the error that it has instead. */
  async recover(thrown: unknown): Promise<BaseCallResponse | undefined> {
    const error = thrownBy(thrown)
    if (!isInterlinguaError(error) || error.code === 'aborted') return undefined
    const instead = await runHook(() => this.#hooks.error?.(error, this.#request))
    if (!instead) return undefined
    if ('response' in instead) return instead.response
    throw new HookFailure(instead.error)
  }

  /** Tells that a request was made, and not sent. */
  async finishExplained(failure?: { readonly error: unknown }): Promise<void> {
    this.#stopwatch.markEnd()
    const end = { outcome: 'explained' as const, ...failure, timings: this.#stopwatch.timings() }
    await runHook(() => this.#hooks.finish?.(end, this.#request))
  }

  /** Tells of the end. Only the first one counts. */
  async finish(end: { readonly response: BaseCallResponse } | Failed): Promise<void> {
    if (this.#finished) return
    this.#finished = true
    this.#stopwatch.markEnd()
    const timings = this.#stopwatch.timings()
    const isStop = 'error' in end && isInterlinguaError(end.error) && end.error.code === 'aborted'
    const told =
      'response' in end
        ? { outcome: 'completed' as const, response: end.response, timings: end.response.timings }
        : { outcome: isStop ? ('aborted' as const) : ('failed' as const), error: end.error, ...partialOf(end), timings }
    await runHook(() => this.#hooks.finish?.(told, this.#request))
  }
}

interface Failed {
  readonly error: unknown
  readonly partial: BaseCallResponse | undefined
}

function partialOf({ partial }: Failed): { readonly partial?: BaseCallResponse } {
  return partial ? { partial } : {}
}

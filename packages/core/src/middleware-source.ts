import { AnswerChunk } from './answer-chunk.ts'
import type { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { setContinuation } from './continuation.ts'
import type { InterlinguaError } from './error.ts'
import { hasBegun } from './failed-attempt.ts'
import type { Fold } from './fold.ts'
import { HandOffChunk } from './hand-off.ts'
import { HookedReader } from './hooked-reader.ts'
import { thrownBy } from './hook-failure.ts'
import type { MiddlewareRun } from './middleware-run.ts'
import type { Prompt } from './prompt.ts'
import type { BaseCallResponse } from './response.ts'
import { sourceOf } from './source-of.ts'
import { SourceRelay } from './source-relay.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { StreamEnding } from './stream-ending.ts'
import type { StreamSource } from './stream.ts'
import type { ProviderTypes } from './types.ts'

type Reader = ChunkReader<ProviderTypes['Chunk']>

/** The source of a stream with hooks around it. */
export class MiddlewareSource extends SourceRelay {
  readonly #run: MiddlewareRun
  readonly #prompt: Prompt
  /** The answer of a hook instead of the model's. */
  #answer: BaseCallResponse | undefined

  constructor(source: StreamSource, run: MiddlewareRun, prompt: Prompt) {
    super(source)
    this.#run = run
    this.#prompt = prompt
  }

  override get endsAtFinish(): boolean {
    return this.#answer !== undefined || super.endsAtFinish
  }

  override async open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<Reader> {
    const asked = await this.#run.ask(this.#prompt)
    if ('response' in asked) return this.#readerOf(asked.response)
    if (asked.changed) this.replaceBy(sourceOf(this.#run.call.model.stream(asked.prompt, asked.options)))
    return this.#hooked(await super.open(cancellation, stopwatch))
  }

  override createResponse(fold: Fold, stopwatch: Stopwatch): BaseCallResponse {
    const folded = super.createResponse(fold, stopwatch)
    const response = this.#answer && fold.finished ? this.#answer : folded
    const { wrapped, options } = this.#run.call
    setContinuation(response, { model: wrapped, options })
    return response
  }

  override async recover(
    failure: InterlinguaError,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<Reader | undefined> {
    const partial = this.own()
    let error: unknown = failure
    try {
      const reader = await super.recover(failure, cancellation, stopwatch)
      if (reader) return this.#hooked(reader)
    } catch (thrown) {
      error = thrown
    }
    const response = await this.#run.recover(error)
    if (!response) {
      if (error === failure) return undefined
      throw error
    }
    await super.settle({ error: thrownBy(error), partial })
    const handOff = new HandOffChunk({
      type: 'hand-off',
      from: { provider: this.provider, model: this.model },
      to: { provider: response.provider, model: response.model },
      error: failure,
    })
    return this.#readerOf(response, ...(hasBegun(partial) ? [handOff] : []))
  }

  override async settle(ending: StreamEnding): Promise<StreamEnding> {
    const run = this.#run
    try {
      const settled = await super.settle(ending)
      if ('error' in settled) {
        await run.finish(settled)
        return settled
      }
      const response = await run.respond(settled.response)
      setContinuation(response, { model: run.call.wrapped, options: run.call.options })
      await run.finish({ response })
      return { response }
    } catch (thrown) {
      const partial = 'response' in ending ? ending.response : ending.partial
      await run.finish({ error: thrownBy(thrown), partial })
      throw thrown
    }
  }

  #hooked(reader: Reader): Reader {
    return this.#run.watchesChunks ? new HookedReader(reader, (chunk) => this.#run.look(chunk)) : reader
  }

  #readerOf(response: BaseCallResponse, ...before: ProviderTypes['Chunk'][]): Reader {
    this.#answer = response
    const chunks = [...before, new AnswerChunk(response)]
    const take = (): ProviderTypes['Chunk'] | undefined => chunks.shift()
    return { ended: true, take, read: () => Promise.resolve(), release: doNothing, cancel: doNothing }
  }
}

function doNothing(): void {
  // A response that is at hand has no connection.
}

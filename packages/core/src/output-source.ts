import { setContinuation } from './continuation.ts'
import type { Fold } from './fold.ts'
import type { OutputAttempts } from './output-attempts.ts'
import type { JsonOutputReader, JsonPlace } from './output-json-reader.ts'
import { withoutOutput } from './output-response.ts'
import type { OutputReader } from './output-reader.ts'
import type { BaseCallResponse } from './response.ts'
import { SourceRelay } from './source-relay.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { StreamSource } from './stream.ts'

/** The source of a stream whose response has an `output`. */
export class OutputSource extends SourceRelay {
  readonly #attempts: OutputAttempts
  readonly #place: JsonPlace
  /** Several where a stream has branches, or another model took over. */
  readonly #readers: JsonOutputReader[] = []

  constructor(source: StreamSource, attempts: OutputAttempts, place: JsonPlace) {
    super(source)
    this.#attempts = attempts
    this.#place = place
  }

  override createResponse(fold: Fold, stopwatch: Stopwatch): BaseCallResponse {
    const response = withoutOutput(super.createResponse(fold, stopwatch))
    setContinuation(response, this.#attempts.continuation)
    return response
  }

  override createOutputReader(Reader: typeof JsonOutputReader): OutputReader {
    const reader = new Reader(this.#place)
    this.#readers.push(reader)
    return reader
  }

  override async complete(folded: BaseCallResponse, signal: AbortSignal): Promise<BaseCallResponse> {
    const answer = await super.complete(folded, signal)
    const { settleOutput } = await import('./output-attempts.ts')
    const settled = await settleOutput(answer, { ...this.#attempts, signal })
    if ('written' in settled) for (const reader of this.#readers) reader.settle(settled.written, settled.isChanged)
    return settled.response
  }
}

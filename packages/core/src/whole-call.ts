import { Cancellation } from './cancellation.ts'
import { isInterlinguaError } from './error.ts'
import type { Exchange } from './exchange.ts'
import { Fold } from './fold.ts'
import { parseObject } from './json.ts'
import { loadRecovery } from './late-recovery.ts'
import { readText } from './response-body.ts'
import type { Stopwatch } from './stopwatch.ts'
import { readingOf } from './tool-call-reading.ts'
import type { ProviderTypes } from './types.ts'
import { decodeAnswer, incompleteAnswer } from './whole-answer.ts'

/** Asks for a whole answer, again where that may help. */
export async function askWhole<T extends ProviderTypes>(
  exchange: Exchange<T>,
  stopwatch: Stopwatch,
): Promise<T['Response']> {
  const cancellation = new Cancellation(exchange.config.signal)
  try {
    const attempts = exchange.begin(cancellation)
    for (;;) {
      try {
        const answer = await attempt(exchange, cancellation, stopwatch)
        attempts.succeed(exchange.adapter.reliability?.budget)
        return exchange.whole(answer)
      } catch (error) {
        if (!isInterlinguaError(error)) throw error
        const failure = exchange.createError(error)
        const recovery = await loadRecovery(cancellation.signal)
        if (!recovery) throw failure
        await recovery.awaitAttempt(attempts, failure, cancellation.signal)
      }
    }
  } finally {
    exchange.stopTotal()
    cancellation.release()
  }
}

/** One attempt at a whole answer. */
async function attempt<T extends ProviderTypes>(
  exchange: Exchange<T>,
  cancellation: Cancellation,
  stopwatch: Stopwatch,
): Promise<T['Response']> {
  const { response, encoded, watch } = await exchange.send(false, cancellation, stopwatch)
  try {
    const body = parseObject(await readText(response, watch, exchange.adapter.reliability?.limits.responseCharacters))
    exchange.raw = body
    stopwatch.markEnd()
    const fold = new Fold(await readingOf(exchange.config))
    for (const delta of await decodeAnswer(encoded, body)) fold.add(delta)
    const answer = exchange.build(fold, stopwatch)
    if (fold.finished && !fold.failure) return answer
    const error = exchange.createError(fold.failure ?? incompleteAnswer(body))
    error.partial = answer
    throw error
  } finally {
    watch.release()
  }
}

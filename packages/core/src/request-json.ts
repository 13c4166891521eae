import { Attempts } from './attempts.ts'
import { Cancellation } from './cancellation.ts'
import { readTimeout, startTotal } from './deadline.ts'
import { DeadlineWatch } from './deadline-watch.ts'
import { isInterlinguaError } from './error.ts'
import { parseObject } from './json.ts'
import { type EncodedRequest, type Received, request, type RequestOptions } from './request.ts'
import { loadRecovery } from './late-recovery.ts'
import { readRetryPolicy } from './retry-policy.ts'
import { completeError, type Service } from './service.ts'
import { readText } from './response-body.ts'
import type { Warning } from './warning.ts'

/** A whole answer of an endpoint that does not stream. */
export interface ReceivedJson {
  readonly body: Record<string, unknown>
  /** The response headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly requestId: string | undefined
  readonly warnings: readonly Warning[]
}

/** Sends a request, again where that may help, and reads the JSON object that answers it. */
export async function sendJson(
  service: Service,
  encode: () => EncodedRequest,
  options: RequestOptions & { readonly model?: string | undefined },
): Promise<ReceivedJson> {
  const { model, signal } = options
  const { reliability } = service
  const cancellation = new Cancellation(signal)
  let stopTotal: (() => void) | undefined
  try {
    const timeout = readTimeout(options.timeout, reliability?.timeout)
    const policy = readRetryPolicy(options.retry, reliability?.retry)
    const attempts = new Attempts({ provider: service.provider, id: model ?? service.provider }, policy)
    stopTotal = startTotal(timeout, cancellation)
    for (;;) {
      const watch = new DeadlineWatch(cancellation, timeout)
      try {
        const { warnings, ...received } = await requestOnce(service, encode, options, { watch, attempts })
        attempts.succeed(reliability?.budget)
        return {
          ...received,
          warnings: [...attempts.failed.flatMap((each) => attempts.sums?.failureWarning(each) ?? []), ...warnings],
        }
      } catch (error) {
        if (!isInterlinguaError(error)) throw error
        const recovery = await loadRecovery(cancellation.signal)
        if (!recovery) throw error
        await recovery.awaitAttempt(attempts, error, cancellation.signal)
      } finally {
        watch.release()
      }
    }
  } catch (error) {
    throw isInterlinguaError(error) ? completeError(service, error, { model }) : error
  } finally {
    stopTotal?.()
    cancellation.release()
  }
}

async function requestOnce(
  service: Service,
  encode: () => EncodedRequest,
  { headers: own, model }: RequestOptions & { readonly model?: string | undefined },
  { watch, attempts }: { readonly watch: DeadlineWatch; readonly attempts: Attempts },
): Promise<ReceivedJson> {
  let received: Received | undefined
  try {
    received = await request(service, encode(), { headers: own, watch, attempts })
    const { response, headers, requestId, warnings } = received
    const body = parseObject(await readText(response, watch, service.reliability?.limits.responseCharacters))
    return { body, headers, requestId, warnings }
  } catch (error) {
    if (!isInterlinguaError(error)) throw error
    const { requestId, redaction } = received ?? {}
    throw completeError(service, error, { model, requestId, redaction, attempts: received && 1 })
  }
}

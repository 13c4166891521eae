import { randomUUID } from 'node:crypto'
import { type BaseCallResponse, type Cost, isInterlinguaError, type Usage } from '@interlingua/core'
import type { Caller } from './caller-key.ts'
import type { Failure } from './failure.ts'
import type { EndpointName } from './front/protocol.ts'
import { tokenTotals } from './front/token-totals.ts'
import type { Services } from './services.ts'

/** How a request ended. */
export interface CallOutcome {
  readonly status: number
  readonly failure?: Failure | undefined
  readonly provider?: string | undefined
  readonly model?: string | undefined
  readonly usage?: Usage | undefined
  readonly cost?: Cost | undefined
  readonly firstTokenMs?: number | undefined
  readonly warnings?: number
}

/** A request on its way: who sent it, how to stop it, and what becomes of it in the log. */
export class GatewayCall {
  readonly id: string = `req_${randomUUID().replaceAll('-', '')}`
  readonly startedAt: number = Date.now()
  readonly endpoint: EndpointName
  readonly caller: Caller
  /** The model by the caller's name for it, once it has been read. */
  model = ''
  stream = false
  readonly #began = performance.now()
  readonly #services: Services
  readonly #controller: AbortController
  readonly #request: Request
  readonly #stop = (): void => this.#controller.abort(new Error('the client has left'))
  #leave: ((spent: { readonly tokens: number; readonly nanoUsd: number }) => void) | undefined
  #ended = false

  /** Throws a `Refusal` where the gateway takes no more. */
  constructor(services: Services, endpoint: EndpointName, caller: Caller, request: Request) {
    this.#services = services
    this.endpoint = endpoint
    this.caller = caller
    this.#request = request
    this.#controller = services.running.enter()
    request.signal.addEventListener('abort', this.#stop, { once: true })
    if (request.signal.aborted) this.#stop()
  }

  /** Aborts when the client leaves, and when the gateway cannot wait any longer. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Whether it is the client that has left. */
  get clientLeft(): boolean {
    return this.#request.signal.aborted
  }

  /** Counts the request against the limits of its key. Throws a `Refusal` where one has been reached. */
  enterLimits(): void {
    this.#leave = this.#services.limits.enter(this.caller)
  }

  /** Writes down how it ended; the first time counts. */
  end(outcome: CallOutcome): void {
    if (this.#ended) return
    this.#ended = true
    const { usage, cost, failure, status, firstTokenMs, warnings = 0 } = outcome
    const totals = usage && Object.keys(usage).length > 0 ? tokenTotals(usage) : undefined
    const record = {
      id: this.id,
      startedAt: this.startedAt,
      durationMs: Math.round((performance.now() - this.#began) * 1_000) / 1_000,
      firstTokenMs,
      caller: this.caller.name,
      endpoint: this.endpoint,
      stream: this.stream,
      model: this.model,
      provider: outcome.provider ?? failure?.provider,
      providerModel: outcome.model,
      status,
      error: failure?.code,
      inputTokens: totals?.input,
      outputTokens: totals?.output,
      cachedTokens: totals?.cached,
      reasoningTokens: totals?.reasoning,
      costNanoUsd: cost?.nanoUsd,
      warnings,
    }
    const { log, metrics, logger, running } = this.#services
    this.#leave?.({ tokens: (totals?.input ?? 0) + (totals?.output ?? 0), nanoUsd: cost?.nanoUsd ?? 0 })
    this.#request.signal.removeEventListener('abort', this.#stop)
    try {
      log.add(record)
    } catch (error) {
      // An answer that was given is given, whatever becomes of the log.
      logger.error('log_failed', { id: this.id, message: error instanceof Error ? error.message : String(error) })
    }
    metrics.add(record)
    logger.info('request', record)
    running.leave(this.#controller)
  }
}

/** How a call ended that has an answer. */
export function outcomeOf({
  provider,
  model,
  usage,
  cost,
  warnings,
  timings,
}: Pick<BaseCallResponse, 'provider' | 'model' | 'usage' | 'cost' | 'warnings' | 'timings'>): CallOutcome {
  const { firstTokenMs } = timings
  return { status: 200, provider, model, usage, cost, firstTokenMs, warnings: warnings.length }
}

/** How a call ended that has none. What had arrived was paid for. */
export function failedOutcome(failure: Failure, error: unknown, clientLeft: boolean): CallOutcome {
  const status = clientLeft ? 499 : failure.status
  const partial = isInterlinguaError(error) ? error.partial : undefined
  return partial ? { ...outcomeOf(partial), status, failure } : { status, failure }
}

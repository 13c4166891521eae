import { isInterlinguaError, type StreamOf, type ProviderTypes } from '@interlingua/core'
import type { RunRecord, RunRequest, RunResult } from '../protocol.ts'
import { failureOf } from './failure.ts'
import { type Connections, laneModel } from './lane-model.ts'
import type { RunCassettes } from './run-cassettes.ts'

/** Where the records of a run go. */
export interface RecordSink {
  write(record: RunRecord): void
  /** Resolves when whoever reads is ready for more: a slow page slows the provider. */
  ready(): Promise<void> | undefined
}

// A stall is to be seen by whoever injected one, and not waited for.
const stalledAfterMs = 3_000

/** Runs a lane, and tells of all that happens. `signal` stops it: the provider's connection is closed at once. */
export async function run(
  request: RunRequest,
  { connections, cassettes }: { readonly connections: Connections; readonly cassettes: RunCassettes },
  sink: RecordSink,
  signal: AbortSignal,
): Promise<void> {
  const begun = performance.now()
  const at = (): number => Math.round(performance.now() - begun)
  const recorder = await cassettes.open()
  let attempts = 0
  const tap = async (fetch: typeof globalThis.fetch): Promise<typeof globalThis.fetch> => {
    const recorded = await recorder.record(fetch)
    return async (input, init) => {
      const attempt = ++attempts
      const { method = 'GET', body } = init ?? {}
      const url = input instanceof Request ? input.url : String(input)
      sink.write({ type: 'request', at: at(), attempt, method, url, body: parsed(body) })
      const response = await recorded(input, init)
      const server = response.headers.get('server')
      sink.write({ type: 'response', at: at(), attempt, status: response.status, ...(server !== null && { server }) })
      return response
    }
  }
  try {
    const { model, provider, simulated, answering } = await laneModel(request, connections, tap)
    const { inputTokens: input, outputTokens: output } = provider.price(request.model)?.usdPerMillion ?? {}
    const rates = { ...(input !== undefined && { input }), ...(output !== undefined && { output }) }
    sink.write({ type: 'begin', at: at(), run: recorder.run, answering, simulated, rates })
    const stream = model.stream([...request.messages], {
      signal,
      ...(request.fault.kind === 'stall' && { timeout: { firstByteMs: stalledAfterMs, idleMs: stalledAfterMs } }),
      retry: request.recovery === 'retry' && {
        onRetry: ({ attempt, error, delayMs }) => {
          sink.write({ type: 'retry', at: at(), attempt, delayMs: Math.round(delayMs), error: failureOf(error) })
        },
      },
    })
    let first = true
    for await (const [{ event, deltas }] of stream) {
      const { cost } = deltas.some(({ type }) => type === 'usage' || type === 'hand-off') ? stream : {}
      sink.write({ type: 'chunk', at: at(), event, deltas, ...(cost && { cost }) })
      if (first && stream.warnings.length > 0) sink.write({ type: 'warnings', at: at(), warnings: stream.warnings })
      first = false
      await sink.ready()
    }
    sink.write({ type: 'end', at: at(), result: await resultOf(stream) })
  } catch (error) {
    if (isInterlinguaError(error) && error.code === 'aborted' && signal.aborted) return
    sink.write({ type: 'failure', at: at(), error: failureOf(error) })
  } finally {
    await recorder.finish()
  }
}

async function resultOf(stream: StreamOf<ProviderTypes>): Promise<RunResult> {
  const response = await stream.response()
  const { provider, model, id, requestId, finishReason, usage, cost, warnings, json, messages, message } = response
  return {
    provider,
    model,
    ...(id !== undefined && { id }),
    ...(requestId !== undefined && { requestId }),
    finishReason,
    usage,
    ...(cost && { cost }),
    warnings,
    ...(json !== undefined && { json }),
    messages: [...messages, message],
  }
}

function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

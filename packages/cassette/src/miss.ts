import { differencesBetween } from './difference.ts'
import type { Exchange, RecordedRequest } from './exchange.ts'

/** Requests were made that the cassette has no answer to. */
export class CassetteMissError extends Error {
  override readonly name = 'CassetteMissError'
  readonly code = 'cassette_miss'
  /** The requests, without their secrets. */
  readonly requests: readonly RecordedRequest[]

  constructor(message: string, requests: readonly RecordedRequest[]) {
    super(message)
    this.requests = requests
  }
}

/** What to tell of a request that has no recording. */
export function explainMiss(
  path: string,
  request: RecordedRequest,
  { left, played }: { readonly left: readonly Exchange[]; readonly played: readonly Exchange[] },
): string {
  const what = `No recording of ${request.method} ${request.url} in ${path}`
  const how = 'To record it, run once with CASSETTE=record-missing; to record all anew, with CASSETTE=record.'
  if (played.some((exchange) => differencesBetween(exchange.request, request).length === 0)) {
    return `${what} any more: it was recorded, and has been replayed already. With \`repeat: true\` it is replayed again. ${how}`
  }
  const [nearest] = [...left, ...played]
    .map((exchange) => ({ exchange, differences: differencesBetween(exchange.request, request) }))
    .toSorted((one, other) => one.differences.length - other.differences.length)
  if (!nearest) return `${what}, which ${left.length + played.length === 0 ? 'has none at all' : 'has others'}. ${how}`
  const { method, url } = nearest.exchange.request
  const shown = nearest.differences.slice(0, 10)
  const more = nearest.differences.length - shown.length
  return [
    `${what}. The nearest one is ${method} ${url}, with ${nearest.differences.length === 1 ? 'one difference' : `${nearest.differences.length} differences`}:`,
    ...shown.map((difference) => `  ${difference}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    how,
  ].join('\n')
}

/**
 * A miss as an answer that every client takes for a refusal that is final: it shows the message, and does not try again as
 * after an error that is thrown.
 */
export function missResponse(message: string): Response {
  return Response.json(
    { error: { message, type: 'cassette_miss', param: null, code: 'cassette_miss' }, message },
    { status: 400, headers: { 'x-should-retry': 'false' } },
  )
}

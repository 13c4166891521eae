import type { RequestRecord } from './request-record.ts'

const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

interface Histogram {
  readonly counts: number[]
  count: number
  sum: number
}

/** Counts what `/metrics` tells, in the text format of Prometheus. */
export class Metrics {
  readonly #requests = new Map<string, number>()
  readonly #tokens = new Map<string, number>()
  readonly #nanoUsd = new Map<string, number>()
  readonly #latency = new Map<string, Histogram>()
  readonly #inFlight: () => number

  constructor(inFlight: () => number) {
    this.#inFlight = inFlight
  }

  add(record: RequestRecord): void {
    const { caller, endpoint, status, inputTokens, outputTokens, costNanoUsd, durationMs } = record
    // Names that lead nowhere are the caller's invention: they must not become label values without end.
    const model = status === 404 ? 'unknown' : record.model
    count(this.#requests, labels({ endpoint, model, key: caller, status: String(status) }), 1)
    if (inputTokens !== undefined) count(this.#tokens, labels({ model, key: caller, direction: 'input' }), inputTokens)
    if (outputTokens !== undefined) {
      count(this.#tokens, labels({ model, key: caller, direction: 'output' }), outputTokens)
    }
    if (costNanoUsd !== undefined) count(this.#nanoUsd, labels({ model, key: caller }), costNanoUsd)
    this.#observe(labels({ endpoint, model }), durationMs / 1_000)
  }

  #observe(label: string, seconds: number): void {
    const histogram = this.#latency.get(label) ?? { counts: buckets.map(() => 0), count: 0, sum: 0 }
    this.#latency.set(label, histogram)
    histogram.count += 1
    histogram.sum += seconds
    const index = buckets.findIndex((bound) => seconds <= bound)
    if (index >= 0) histogram.counts[index] = (histogram.counts[index] ?? 0) + 1
  }

  /** All of it, as Prometheus reads it. */
  toString(): string {
    return [
      ...family('interlingua_requests_total', 'counter', 'Requests that have ended.', this.#requests),
      ...family('interlingua_tokens_total', 'counter', 'Tokens, as providers count them.', this.#tokens),
      ...family(
        'interlingua_cost_usd_total',
        'counter',
        'Cost in USD, where it is known.',
        scaled(this.#nanoUsd, 1e-9),
      ),
      '# HELP interlingua_request_duration_seconds From the request to the end of its answer.',
      '# TYPE interlingua_request_duration_seconds histogram',
      ...[...this.#latency].flatMap(([label, histogram]) => lines(label, histogram)),
      '# HELP interlingua_in_flight Requests that are being answered.',
      '# TYPE interlingua_in_flight gauge',
      `interlingua_in_flight ${this.#inFlight()}`,
      '',
    ].join('\n')
  }
}

function lines(label: string, { counts, count: all, sum }: Histogram): string[] {
  const name = 'interlingua_request_duration_seconds'
  let total = 0
  const within = buckets.map((bound, index) => {
    total += counts[index] ?? 0
    return `${name}_bucket{${label},le="${bound}"} ${total}`
  })
  return [
    ...within,
    `${name}_bucket{${label},le="+Inf"} ${all}`,
    `${name}_sum{${label}} ${sum}`,
    `${name}_count{${label}} ${all}`,
  ]
}

function family(name: string, type: string, help: string, values: ReadonlyMap<string, number>): string[] {
  const samples = [...values].map(([label, value]) => `${name}{${label}} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples]
}

function scaled(values: ReadonlyMap<string, number>, factor: number): Map<string, number> {
  return new Map([...values].map(([label, value]) => [label, value * factor]))
}

function count(values: Map<string, number>, label: string, amount: number): void {
  values.set(label, (values.get(label) ?? 0) + amount)
}

function labels(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) => `${name}="${value.replaceAll(/["\\\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`,
    )
    .join(',')
}

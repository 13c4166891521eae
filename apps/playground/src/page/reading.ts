import { type Cost, type Delta, Fold, type Usage, type Warning } from '@interlingua/core'
import type { BeginRecord, Failure, RunRecord, RunResult } from '../protocol.ts'

export type RunStatus = 'waiting' | 'streaming' | 'retrying' | 'done' | 'failed' | 'stopped'

/** When a tool call began and ended, in milliseconds since the run did. */
export interface ToolSpan {
  readonly index: number
  readonly startedAt: number
  endedAt: number | undefined
}

/** Something that happened on the way that is no part of the answer. */
export interface RunEvent {
  readonly at: number
  readonly kind: 'attempt' | 'retry' | 'hand-off'
  readonly text: string
}

/** What records say when they are read one after the other. Each is added once, by the same fold as in the library. */
export class Reading {
  fold: Fold = new Fold()
  status: RunStatus = 'waiting'
  begin: BeginRecord | undefined
  result: RunResult | undefined
  failure: Failure | undefined
  cost: Cost | undefined
  warnings: readonly Warning[] = []
  /** Pieces that were generated. Most providers send a token in each. */
  pieces = 0
  chunks = 0
  plan = ''
  firstTokenAt: number | undefined
  lastTokenAt = 0
  lastAt = 0
  /** When the answer began that counts: that of the last model that was asked. */
  #answerFrom = 0
  readonly events: RunEvent[] = []
  readonly toolSpans: ToolSpan[] = []

  add(record: RunRecord): void {
    this.lastAt = record.at
    switch (record.type) {
      case 'begin':
        this.begin = record
        break
      case 'request':
        if (record.attempt > 1) this.#tell(record.at, 'attempt', `Request ${record.attempt} sent`)
        break
      case 'response':
        if (record.status >= 400) {
          this.#tell(record.at, 'attempt', `Request ${record.attempt} answered with HTTP ${record.status}`)
        }
        break
      case 'retry':
        this.status = 'retrying'
        this.#tell(record.at, 'retry', `${record.error.code}; trying again in ${seconds(record.delayMs)}`)
        break
      case 'warnings':
        this.warnings = record.warnings
        break
      case 'chunk':
        this.chunks++
        this.cost = record.cost ?? this.cost
        for (const delta of record.deltas) this.#fold(delta, record.at)
        break
      case 'end':
        this.status = 'done'
        this.result = record.result
        this.cost = record.result.cost ?? this.cost
        this.warnings = record.result.warnings
        break
      case 'failure':
        this.status = 'failed'
        this.failure = record.error
    }
  }

  get usage(): Usage {
    return this.result?.usage ?? this.fold.usage
  }

  /** What was generated: as it was billed or counted, else the pieces that came. */
  get outputTokens(): { readonly count: number; readonly exact: boolean } {
    const { outputTokens, reasoningTokens = 0 } = this.usage
    if (outputTokens === undefined) return { count: this.pieces, exact: false }
    return { count: outputTokens + reasoningTokens, exact: true }
  }

  /** Pieces in a second, from the first to the last of them. */
  get tokensPerSecond(): number | undefined {
    const ms = this.lastTokenAt - this.#answerFrom
    return this.pieces > 1 && ms > 0 ? ((this.pieces - 1) * 1000) / ms : undefined
  }

  /** The cost in USD; before the provider has said what it bills, at least what the output will cost. */
  get usd(): { readonly amount: number; readonly exact: boolean } | undefined {
    if (this.cost) return { amount: this.cost.nanoUsd / 1e9, exact: true }
    const rate = this.begin?.rates?.output
    return rate === undefined || this.pieces === 0 || this.result
      ? undefined
      : { amount: (this.pieces * rate) / 1e6, exact: false }
  }

  #fold(delta: Delta, at: number): void {
    if (delta.type === 'hand-off') {
      const { from, to, error } = delta
      this.#tell(at, 'hand-off', `${from.model} failed (${error.code}); ${to.model} takes over`)
      this.toolSpans.length = 0
      this.plan = ''
      this.pieces = 0
    }
    if (delta.type === 'plan') this.plan += delta.text
    if (delta.type === 'tool-call-start') {
      this.toolSpans.push({ index: delta.index, startedAt: at, endedAt: undefined })
    }
    if (delta.type === 'tool-call-end') {
      const span = this.toolSpans.find(({ index }) => index === delta.index)
      if (span) span.endedAt = at
    }
    if (delta.type === 'tool-call-start' || ('text' in delta && delta.text !== '')) {
      if (this.pieces++ === 0) this.#answerFrom = at
      this.firstTokenAt ??= at
      this.lastTokenAt = at
      this.status = 'streaming'
    }
    this.fold.add(delta)
  }

  #tell(at: number, kind: RunEvent['kind'], text: string): void {
    this.events.push({ at, kind, text })
  }
}

export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
}

import type { Server } from './processes.ts'
import type { Table, Target } from './result.ts'

/** Something that is measured: `npm run bench -- <name>`. */
export interface Figure {
  readonly name: string
  /** What it means, and how it is measured. */
  readonly about: string
  readonly measure: (context: Context) => Promise<readonly Table[]>
}

export interface Context {
  /** Started when it is first asked for. */
  server(): Promise<Server>
  /** How much is measured: 1 is what the documents show; less is quicker and less certain. */
  readonly effort: number
  /** Only clients whose name has this in it, beside the floors. */
  readonly only: string | undefined
}

export function target(want: string, value: number, limit: number, show: (value: number) => string): Target {
  return { want, got: Number.isNaN(value) ? 'not measured' : show(value), isMet: value <= limit }
}

/** Of the rounds for what the documents show, how many are run: at least three, or one where that is only to show that all works. */
export function roundsFor({ effort }: Context, full: number): number {
  return Math.max(effort < 0.2 ? 1 : 3, Math.round(full * effort))
}

import type { Server } from './processes.ts'

/** One table, with what it was to show. */
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What is to be said of rows, below. */
  readonly remarks?: readonly string[]
  readonly targets: readonly Target[]
}

/** What we want, and what came out. */
export interface Target {
  readonly want: string
  readonly got: string
  readonly isMet: boolean
}

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

/** How many rounds are run for those that the documents show. */
export function roundsFor({ effort }: Context, full: number): number {
  return Math.max(3, Math.round(full * effort))
}

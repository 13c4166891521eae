import type { Server } from './processes.ts'

/** One table, with what it was to show. */
export interface Table {
  readonly title: string
  readonly note?: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
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
  measure(context: Context): Promise<readonly Table[]>
}

export interface Context {
  /** Started when it is first asked for. */
  server(): Promise<Server>
  /** How much is measured: 1 is what the documents show; less is quicker and less certain. */
  readonly effort: number
  /** Only clients whose name has this in it, beside the floor. */
  readonly only: string | undefined
}

/** What a figure gave the last time that it was measured. */
export interface Result {
  readonly name: string
  readonly about: string
  readonly date: string
  readonly machine: string
  readonly effort: number
  readonly tables: readonly Table[]
}

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

import { InterlinguaError } from './error.ts'
import type { Warning } from './warning.ts'

/** What to do with what a provider cannot do. */
export type OnUnsupported = 'warn' | 'error' | 'ignore'

/** Something that a provider cannot do. */
export interface UnsupportedFeature {
  /** What was asked for, by the name that the caller used, for example `temperature`. */
  readonly field: string
  /** What it is that the provider cannot do, with the value and the limit. */
  readonly problem: string
  /** What is done instead. */
  readonly instead: string
}

/** Collects what a provider cannot do while a request is encoded, and does with it what the caller chose. */
export class UnsupportedFeatures {
  readonly warnings: Warning[] = []
  readonly #mode: OnUnsupported

  constructor(mode: OnUnsupported = 'warn') {
    this.#mode = mode
  }

  /** Throws an error of code `unsupported` where the caller chose so. */
  add({ field, problem, instead }: UnsupportedFeature): void {
    if (this.#mode === 'error') {
      const message = `${field}: ${problem}. With \`onUnsupported: 'warn'\`, ${instead}.`
      throw new InterlinguaError({ code: 'unsupported', message, field })
    }
    if (this.#mode === 'warn') {
      this.warnings.push({ code: 'unsupported', field, message: `${field}: ${problem}; ${instead}.` })
    }
  }
}

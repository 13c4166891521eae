import type { Provider } from './providers.ts'

/** The API keys of this machine. They are read from the environment, and go to their providers and nowhere else. */
export class Keys {
  readonly #environment: Readonly<Record<string, string | undefined>>

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment
  }

  /** The name of the variable that holds a provider's key. */
  variableOf({ variables }: Pick<Provider, 'variables'>): string | undefined {
    return variables.find((name) => this.#environment[name])
  }

  /** A provider's key; `undefined` where there is none. */
  keyOf(provider: Pick<Provider, 'variables'>): string | undefined {
    return this.#environment[this.variableOf(provider) ?? '']
  }

  /** All of them, to be kept out of what is written. */
  all(providers: readonly Pick<Provider, 'variables'>[]): readonly string[] {
    return [...new Set(providers.flatMap((provider) => this.keyOf(provider) ?? []))]
  }
}

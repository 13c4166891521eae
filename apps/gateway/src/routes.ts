import type { Timeout } from '@interlingua/core'
import type { Config } from './config/schema.ts'
import type { Provider } from './provider.ts'

/** A model of a provider. */
export interface Target {
  readonly provider: Provider
  readonly model: string
}

/** What a caller's name for a model leads to. */
export interface Route {
  /** The name as the caller has it. */
  readonly name: string
  /** Who is asked, and who where that one fails. */
  readonly targets: readonly [Target, ...Target[]]
  readonly timeout?: Timeout | undefined
  readonly retry?: false | { readonly attempts: number } | undefined
}

/** Finds out what names of models lead to. */
export class Routes {
  readonly #providers: ReadonlyMap<string, Provider>
  readonly #aliases: ReadonlyMap<string, Route>

  constructor(providers: ReadonlyMap<string, Provider>, models: Config['models'] = {}) {
    this.#providers = providers
    this.#aliases = new Map(Object.entries(models).map(([name, alias]) => [name, this.#alias(name, alias)]))
  }

  /** The route of a name; `undefined` where it leads nowhere. */
  find(name: string): Route | undefined {
    const alias = this.#aliases.get(name)
    if (alias) return alias
    const target = this.#target(name)
    return target && { name, targets: [target] }
  }

  /** The aliases, and the providers behind which any model may be named. */
  get names(): { readonly aliases: readonly string[]; readonly providers: readonly string[] } {
    return { aliases: [...this.#aliases.keys()], providers: [...this.#providers.keys()] }
  }

  #alias(name: string, alias: NonNullable<Config['models']>[string]): Route {
    if (typeof alias === 'string') return { name, targets: [this.#known(name, alias)] }
    const { use, fallback = [], timeout, retry } = alias
    const others = fallback.map((each) => this.#known(name, each))
    return { name, targets: [this.#known(name, use), ...others], timeout, retry }
  }

  #known(alias: string, name: string): Target {
    const target = this.#target(name)
    if (target) return target
    const known = [...this.#providers.keys()].join(', ') || 'none'
    throw new TypeError(`models.${alias}: \`${name}\` leads nowhere. Providers: ${known}.`)
  }

  #target(name: string): Target | undefined {
    const slash = name.indexOf('/')
    const provider = slash > 0 ? this.#providers.get(name.slice(0, slash)) : undefined
    const model = name.slice(slash + 1)
    return provider && model !== '' ? { provider, model } : undefined
  }
}

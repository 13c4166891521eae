import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyConfig, KeyLimits } from './config/schema.ts'

/** A caller, known by a key. The key itself is kept nowhere. */
export interface Caller {
  readonly name: string
  /** The models that may be used; absent where all may. */
  readonly models?: readonly string[] | undefined
  readonly limits: KeyLimits
}

/** Makes a key: 32 random bytes, which nobody guesses, so that a fast hash of it is safe to keep. */
export function makeKey(): { readonly key: string; readonly hash: string } {
  const key = `ilg_${randomBytes(32).toString('base64url')}`
  return { key, hash: hashOf(key) }
}

/** The hash that a configuration has of a key. */
export function hashOf(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/** Knows callers by the hashes of their keys. */
export class CallerKeys {
  readonly #entries: readonly { readonly hash: Buffer; readonly caller: Caller }[]

  constructor(keys: readonly KeyConfig[]) {
    this.#entries = keys.map(({ hash, name, models, limits = {} }) => ({
      hash: Buffer.from(hash),
      caller: { name, models, limits },
    }))
  }

  /** Whose key it is. All hashes are compared in full, so that the time it takes tells nothing. */
  find(key: string): Caller | undefined {
    const presented = Buffer.from(hashOf(key))
    let found: Caller | undefined
    for (const { hash, caller } of this.#entries) if (timingSafeEqual(hash, presented)) found = caller
    return found
  }
}

/** The key in a request's headers, as clients of OpenAI and Cohere send it. */
export function keyIn(headers: Headers): string | undefined {
  const [, key] = /^bearer\s+(\S+)\s*$/i.exec(headers.get('authorization') ?? '') ?? []
  return key
}

/** Whether a caller may use a model by this name. `provider/*` stands for all models of a provider. */
export function mayUse({ models }: Caller, name: string): boolean {
  if (!models) return true
  return models.some((allowed) => {
    if (allowed === name || allowed === '*') return true
    return allowed.endsWith('/*') && name.startsWith(allowed.slice(0, -1))
  })
}

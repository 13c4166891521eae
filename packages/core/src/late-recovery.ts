import { InterlinguaError } from './error.ts'
import type { Recovery } from './recovery.ts'

/** Milliseconds; whoever waits for an error waits no longer than this for what makes the best of it. */
const patienceMs = 5_000

/** What only a failure needs; `undefined` where it does not come, and the failure has to be told as it is. */
export async function loadRecovery(signal?: AbortSignal): Promise<Recovery | undefined> {
  return (await hoped(import('./recovery.ts'), signal))?.recovery
}

/**
 * What a promise brings; `undefined` where it fails or takes long, and where the call is stopped meanwhile. What a failure needs
 * may be loaded over the network that has just failed.
 */
export function hoped<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve(undefined)
    const timer = setTimeout(giveUp, patienceMs)
    signal?.addEventListener('abort', giveUp, { once: true })
    promise.then(resolve, giveUp).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
    })
  })
}

/** What a call cannot do without. Throws an error of code `connection` where it does not come. */
export async function needed<Value>(loading: Promise<Value>): Promise<Value> {
  try {
    return await loading
  } catch (cause) {
    const message = 'a part of the library could not be loaded. Check the network.'
    throw new InterlinguaError({ code: 'connection', message, retryable: true, cause })
  }
}

/**
 * Loads a module that calls cannot do without when the first of them asks, and remembers it: an `import()` takes 10 µs also of
 * what is there. What failed is tried again by the next one.
 */
export function late<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return needed(loading)
  }
}

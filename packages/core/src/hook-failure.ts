/** Carries what a caller's own function threw through a stream, which gives it to the caller as it is. */
export class HookFailure extends Error {
  readonly error: unknown

  constructor(error: unknown) {
    super('a function of the caller threw', { cause: error })
    this.error = error
  }
}

/** The outcome of a caller's function, or a `HookFailure`. */
export async function runHook<Value>(hook: () => Value | PromiseLike<Value>): Promise<Value> {
  try {
    return await hook()
  } catch (error) {
    throw new HookFailure(error)
  }
}

/** What was thrown in the first place. */
export function thrownBy(error: unknown): unknown {
  return error instanceof HookFailure ? error.error : error
}

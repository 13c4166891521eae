import { setContinuation } from './continuation.ts'
import { isInterlinguaError } from './error.ts'
import { thrownBy } from './hook-failure.ts'
import type { MiddlewareHooks } from './middleware-hooks.ts'
import { MiddlewareRun } from './middleware-run.ts'
import { MiddlewareSource } from './middleware-source.ts'
import type { Model } from './model.ts'
import { promptOnce } from './prompt-once.ts'
import { BaseStream } from './stream.ts'
import type { ProviderTypes } from './types.ts'

/**
 * A model around whose calls something happens. Of several sets of hooks the first is the outermost: its `request` comes
 * first, and its `chunk`, `response`, `error` and `finish` come last.
 *
 * ```ts
 * const model = middleware(cohere('command-a-03-2025'), {
 *   finish: ({ outcome, timings }) => console.log(outcome, timings.totalMs),
 * })
 * ```
 */
export function middleware<T extends ProviderTypes>(model: Model<T>, ...hooks: readonly MiddlewareHooks<T>[]): Model<T>
export function middleware(model: Model, ...hooks: readonly MiddlewareHooks[]): Model {
  return hooks.reduceRight(wrap, model)
}

function wrap(model: Model, hooks: MiddlewareHooks): Model {
  const wrapped: Model = {
    ...model,
    call: async (prompt, options = {}) => {
      const run = new MiddlewareRun(hooks, { wrapped, model, options, streamed: false })
      try {
        const response = await run.respond(await answer(run, model, promptOnce(prompt)))
        setContinuation(response, { model: wrapped, options })
        await run.finish({ response })
        return response
      } catch (thrown) {
        const error = thrownBy(thrown)
        await run.finish({ error, partial: isInterlinguaError(error) ? error.partial : undefined })
        throw error
      }
    },
    stream: (prompt, options = {}) => {
      const run = new MiddlewareRun(hooks, { wrapped, model, options, streamed: true })
      const once = promptOnce(prompt)
      return BaseStream.over(model.stream(once, options), (source) => new MiddlewareSource(source, run, once))
    },
  }
  return wrapped
}

async function answer(
  run: MiddlewareRun,
  model: Model,
  prompt: ReturnType<typeof promptOnce>,
): Promise<ProviderTypes['Response']> {
  try {
    const asked = await run.ask(prompt)
    return 'response' in asked ? asked.response : await model.call(asked.prompt, asked.options)
  } catch (thrown) {
    const response = await run.recover(thrown)
    if (response) return response
    throw thrown
  }
}

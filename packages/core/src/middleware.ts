import { setContinuation } from './continuation.ts'
import { InterlinguaError, isInterlinguaError } from './error.ts'
import type { ExplainOptions, Explanation } from './explanation.ts'
import { thrownBy } from './hook-failure.ts'
import type { MiddlewareHooks } from './middleware-hooks.ts'
import { MiddlewareRun } from './middleware-run.ts'
import { MiddlewareSource } from './middleware-source.ts'
import { dynamicModel } from './dynamic-model.ts'
import type { Model } from './model.ts'
import { BaseStream } from './stream.ts'
import type { Prompt } from './prompt.ts'
import type { ProviderTypes } from './types.ts'

/**
 * A model around whose calls something happens. Of several sets of hooks the first is the outermost: its `request` comes
 * first, and its `chunk`, `response`, `error` and `finish` come last.
 *
 * `explain` shows the request as the hooks make it: `request` and `finish` are told that it is only explained.
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
  const wrapped: Model = dynamicModel({
    ...model,
    call: async (prompt, options = {}) => {
      const run = new MiddlewareRun(hooks, { wrapped, model, options, streamed: false })
      try {
        const response = await run.respond(await answer(run, model, prompt))
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
      return BaseStream.over(model.stream(prompt, options), (source) => new MiddlewareSource(source, run, prompt))
    },
    explain: (prompt, options = {}, how) => {
      const run = new MiddlewareRun(hooks, { wrapped, model, options, streamed: how?.stream ?? false, explained: true })
      return explain(run, model, prompt, how)
    },
  })
  return wrapped
}

async function explain(
  run: MiddlewareRun,
  model: Model,
  prompt: Prompt,
  how: ExplainOptions | undefined,
): Promise<Explanation> {
  try {
    const asked = await run.ask(prompt)
    if ('response' in asked) {
      const message = 'a hook answers this call itself, so that nothing would be sent.'
      throw new InterlinguaError({ code: 'invalid_request', message, provider: model.provider, model: model.id })
    }
    const explanation = await model.explain(asked.prompt, asked.options, how)
    await run.finishExplained()
    return explanation
  } catch (thrown) {
    const error = thrownBy(thrown)
    await run.finishExplained({ error })
    throw error
  }
}

async function answer(run: MiddlewareRun, model: Model, prompt: Prompt): Promise<ProviderTypes['Response']> {
  try {
    const asked = await run.ask(prompt)
    return 'response' in asked ? asked.response : await model.call(asked.prompt, asked.options)
  } catch (thrown) {
    const response = await run.recover(thrown)
    if (response) return response
    throw thrown
  }
}

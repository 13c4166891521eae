import { AsyncLocalStorage } from 'node:async_hooks'
import { withOriginOf } from './call-record.ts'
import { InterlinguaError } from './error.ts'
import type { Model } from './model.ts'
import type { Prompt } from './prompt.ts'

const models = new AsyncLocalStorage<Model>()

/**
 * Runs a function in which every call of a `contextModel` asks this model, in everything that the function starts, awaits
 * and leaves running, and nowhere else. The innermost one counts.
 *
 * ```ts
 * const recommend = defineCall({ model: contextModel(cheap), prompt: (genre: string) => `Recommend a ${genre} book` })
 * const [first, second] = await Promise.all([recommend('fantasy'), withModel(strong, () => recommend('fantasy'))])
 * ```
 */
export function withModel<Result>(model: Model, run: () => Result): Result {
  // A context model in its own place would ask itself for ever.
  return models.run(contextual.has(model) ? currentModelOf(model) : model, run)
}

/** The model of the innermost `withModel` around this code; `undefined` where there is none. */
export function currentModel(): Model | undefined {
  return models.getStore()
}

const contextual = new WeakMap<Model, Model | undefined>()

/**
 * A model that is the one of the innermost `withModel` around each call, else the default. Which one it is, is decided when
 * `call` or `stream` is called: a stream keeps its model wherever it is read.
 */
export function contextModel(defaultModel?: Model): Model {
  const model: Model = {
    get provider() {
      return currentModelOf(model).provider
    },
    get id() {
      return currentModelOf(model).id
    },
    call: async (prompt, options) => currentModelOf(model).call(bound(prompt), options),
    stream: (prompt, options) => currentModelOf(model).stream(bound(prompt), options),
    explain: async (prompt, options, how) => currentModelOf(model).explain(bound(prompt), options, how),
  }
  contextual.set(model, defaultModel)
  return model
}

function currentModelOf(model: Model): Model {
  const current = currentModel() ?? contextual.get(model)
  if (current) return current
  const message = 'there is no model here. Give contextModel() a default, or run this inside withModel().'
  throw new InterlinguaError({ code: 'invalid_request', message })
}

/** A prompt function that runs where the call was made, however late the stream is read. */
function bound(prompt: Prompt): Prompt {
  return typeof prompt === 'function' ? withOriginOf(prompt, AsyncLocalStorage.bind(prompt)) : prompt
}

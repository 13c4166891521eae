import { fallback, middleware, type Model, override, retry } from '@interlingua/core'
import { contextModel } from '@interlingua/core/context'

/** What makes a model of a model. */
export interface Wrapper {
  readonly wrapper: string
  readonly wrap: (model: Model) => Model
}

/** Never waits. */
export const noWait = (): Promise<void> => Promise.resolve()

const same = <Value>(value: Value): Promise<Value> => Promise.resolve(value)

/** Every wrapper, in a form that changes nothing as long as nothing fails. */
const stackable: readonly Wrapper[] = [
  { wrapper: 'retry', wrap: (model) => retry(model, { wait: noWait }) },
  { wrapper: 'fallback', wrap: (model) => fallback([model, model]) },
  { wrapper: 'override', wrap: (model) => override(model, { temperature: 0 }) },
  {
    wrapper: 'middleware with async hooks',
    wrap: (model) => middleware(model, { request: ({ options }) => same({ options }), chunk: same, response: same }),
  },
  {
    wrapper: 'middleware with hooks',
    wrap: (model) => middleware(model, { chunk: (chunk) => chunk, finish: () => {} }),
  },
  { wrapper: 'context', wrap: contextModel },
]

/** The wrappers, and each of them around each other one. */
export const wrappers: readonly Wrapper[] = [
  { wrapper: 'nothing', wrap: (model: Model) => model },
  ...stackable,
  { wrapper: 'fallback of one', wrap: (model) => fallback([model]) },
  { wrapper: 'middleware without hooks', wrap: (model) => middleware(model, {}) },
  ...stackable.flatMap((outer) =>
    stackable.map((inner) => ({
      wrapper: `${outer.wrapper} around ${inner.wrapper}`,
      wrap: (model: Model) => outer.wrap(inner.wrap(model)),
    })),
  ),
]

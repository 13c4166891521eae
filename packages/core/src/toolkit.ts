import type { Tool } from './define-tool.ts'
import { checkToolNames } from './tool-names.ts'
import type { ToolDefinition } from './tool.ts'

/** Tools that belong together, with a state. Spread it into `tools`: `tools: [...library, weather]`. */
export interface Toolkit<T extends ToolDefinition = Tool, State = unknown> extends Iterable<T> {
  readonly namespace: string
  /** What the descriptions are made of; they tell what it is at the moment of a call. */
  readonly state: State
  readonly tools: readonly T[]
}

/** What a toolkit is made of. */
export interface ToolkitOptions<Tools extends readonly ToolDefinition[], State> {
  /** Comes before the names of the tools: `books` makes of `search` `books_search`. */
  readonly namespace: string
  /** What the tools work with. They may change it, also while a run goes on. */
  readonly state: State
  /** The tools, or a function that makes them of the state. */
  readonly tools: Tools | ((state: State) => Tools)
  /** Describes a tool by the state, each time that it is shown to a model. Default: its own description. */
  readonly describe?: (state: State, tool: Tools[number]) => string | undefined
}

/**
 * Groups tools under a namespace, with descriptions that tell the state at the moment of a call.
 *
 * ```ts
 * const library = defineToolkit({
 *   namespace: 'library',
 *   state: { books: ['Dune'] },
 *   tools: (state) => [
 *     defineTool({ name: 'search', description: 'Searches the library.', input, run: ({ title }) => state.books.includes(title) }),
 *   ],
 *   describe: ({ books }, { description }) => `${description} It has ${books.length} books.`,
 * })
 * defineCall({ model, prompt, tools: [...library] })
 * ```
 *
 * @throws {InterlinguaError} of code `invalid_request` where two tools have the same name.
 */
export function defineToolkit<const Tools extends readonly ToolDefinition[], State = undefined>(
  options: ToolkitOptions<Tools, State>,
): Toolkit<Tools[number], State>
export function defineToolkit({
  namespace,
  state,
  tools,
  describe,
}: ToolkitOptions<readonly ToolDefinition[], unknown>): Toolkit<ToolDefinition> {
  const prefixed = (typeof tools === 'function' ? tools(state) : tools).map((tool): ToolDefinition => {
    const named = Object.assign({}, tool, { name: `${namespace}_${tool.name}` })
    if (!describe) return named
    // A getter, so that every request reads the state anew.
    const get = (): string | undefined => describe(state, tool) ?? tool.description
    return Object.defineProperty(named, 'description', { enumerable: true, get })
  })
  checkToolNames(prefixed)
  return { namespace, state, tools: prefixed, [Symbol.iterator]: () => prefixed[Symbol.iterator]() }
}

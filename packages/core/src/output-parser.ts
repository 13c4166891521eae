import type { BaseCallResponse } from './response.ts'

/** Reads an output that is not JSON. */
export interface OutputParser<Output = unknown> {
  /** Reads the output from the answer, and throws where it cannot: the message is what `repair` shows to the model. */
  readonly parse: (response: BaseCallResponse) => Output | PromiseLike<Output>
  /** What the model is told of the form, in the system message. */
  readonly instructions?: string
}

/**
 * Makes an output of any function of the answer.
 *
 * ```ts
 * const lines = outputParser((response) => response.content.split('\n'), { instructions: 'Write one title on each line.' })
 * const { output } = await structured(model, lines).call('Recommend three books')
 * ```
 */
export function outputParser<Output>(
  parse: OutputParser<Output>['parse'],
  options: { readonly instructions?: string } = {},
): OutputParser<Output> {
  return { parse, ...options }
}

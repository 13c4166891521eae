import { carryCallRecord } from './call-record.ts'
import { InterlinguaError } from './error.ts'
import { carryFailedAttempts } from './failed-attempt.ts'
import type { ValueOf } from './output-schema.ts'
import type { PromptContent } from './prompt.ts'
import type { BaseCallResponse } from './response.ts'
import type { CallOptions, ProviderTypes, StreamOf } from './types.ts'

declare const outputType: unique symbol

/** What structured output adds to a response. */
export interface StructuredOutput<T extends ProviderTypes, Type> {
  /**
   * The validated output.
   *
   * @throws {InterlinguaError} of code `output_validation` where there is none: the answer is not complete, or it calls
   *   tools of the caller's, which come first.
   */
  readonly output: ValueOf<Type>
  /** Asks the same model on, for another output. See `BaseCallResponse.resume`. */
  resume(content: PromptContent<T>, options?: CallOptions<T>): Promise<StructuredResponse<T, Type>>
  /** The same as `resume`, streamed. */
  resumeStream(content: PromptContent<T>, options?: CallOptions<T>): StreamOf<StructuredTypes<T, Type>>
  /** Only for the compiler. */
  readonly [outputType]?: () => Type
}

/** A provider's response with a validated `output`. */
export type StructuredResponse<T extends ProviderTypes, Type> = StructuredOutput<T, Type> & T['Response']

/** The type of an output, as far as a response knows one. */
export type OutputTypeOf<Response> = Response extends { readonly [outputType]?: () => infer Type } ? Type : unknown

/** The types of a provider whose responses have an `output`. */
export interface StructuredTypes<T extends ProviderTypes, Type> extends ProviderTypes {
  Response: StructuredResponse<T, Type>
  Chunk: T['Chunk']
  Message: T['Message']
  Tool: T['Tool']
  Config: T['Config']
  Params: T['Params']
  FinishReason: T['FinishReason']
}

/** A response like another one, of the same class, with some things changed. */
export function changed<R extends BaseCallResponse, Changes extends object>(
  response: R,
  changes: Changes,
): R & Changes {
  const copy = new (response.constructor as new (fields: R) => R)(response)
  // What the class has beside these fields is of the response too.
  const whole = Object.assign(copy, response, changes)
  carryFailedAttempts(response, whole)
  carryCallRecord(response, whole)
  return whole
}

/** A response that has no output, or none yet. To read it is a mistake that is told. */
export function withoutOutput(response: BaseCallResponse): BaseCallResponse {
  const { provider, model } = response
  return Object.defineProperty(changed(response, {}), 'output', {
    get() {
      const why =
        response.toolCalls.length > 0
          ? 'the model calls tools first. Run them and ask again with their results'
          : 'the answer is not complete. What there is of its value comes out of `partials()`'
      const message = `${provider} (${model}): there is no output: ${why}.`
      throw new InterlinguaError({ code: 'output_validation', message, provider, model })
    },
  })
}

import { dynamicModel } from './dynamic-model.ts'
import type { Model } from './model.ts'
import type { OutputAttempts } from './output-attempts.ts'
import { formOf } from './output-form.ts'
import type { JsonPlace } from './output-json-reader.ts'
import type { OutputMode } from './output-mode.ts'
import type { OutputParser } from './output-parser.ts'
import { type OutputPlan, planOutput, withInstructions } from './output-plan.ts'
import type { StructuredTypes } from './output-response.ts'
import type { OutputSchema, TypeOf } from './output-schema.ts'
import { OutputSource } from './output-source.ts'
import type { Schema } from './schema.ts'
import { SourceRelay } from './source-relay.ts'
import { BaseStream, type StreamSource } from './stream.ts'
import type { CallOptions, ProviderTypes } from './types.ts'

/** How to ask for an output. */
export interface OutputOptions {
  /** How the model is held to the schema. Default: what its provider does best, and the rest of the call allows. */
  readonly mode?: OutputMode
  /** What the output is called where it needs a name, as a tool does. Default: `output`. */
  readonly name?: string
  /** Asks for corrections where the output is not what was asked for, at most so often. Default: not at all. */
  readonly repair?: { readonly attempts: number }
}

/** A model whose responses have a validated `output`, and whose streams show it while it grows. */
export interface StructuredModel<T extends ProviderTypes, Type> extends Model<StructuredTypes<T, Type>> {}

/**
 * Makes a model that answers with values of a schema.
 *
 * ```ts
 * const librarian = structured(cohere('command-a-03-2025'), z.object({ title: z.string(), year: z.int() }))
 * const { output } = await librarian.call('Recommend a fantasy book')
 * for await (const book of librarian.stream('Another one').partials()) console.log(book.title)
 * ```
 *
 * - What is no object goes over the wire as the `value` of one: texts, numbers, enums, lists and unions.
 * - A model that has tools of the caller's may call those first: such a response has `toolCalls` and no output.
 * - An output that is not what was asked for is an error of code `output_validation`, with `raw`, `issues`, and the response
 *   as `partial`; one that was cut at the token limit is `truncated`, and one that was withheld `content_filter`.
 * - A stream is read to its end before its output is validated, by `response()` and at the end of `partials()`.
 *
 * @throws {InterlinguaError} of code `invalid_request` where no JSON Schema can be made of the schema.
 */
export function structured<T extends ProviderTypes, S extends OutputSchema>(
  model: Model<T>,
  schema: S,
  options?: OutputOptions,
): StructuredModel<T, TypeOf<S>>
export function structured(model: Model, schema: OutputSchema, options: OutputOptions = {}): Model {
  const prepare = isParser(schema) ? parsing(schema) : reading(schema, model, options)
  const ask = (callOptions: CallOptions<ProviderTypes>): Ask => {
    const { plan, read, place } = prepare(callOptions)
    const continuation = { model: wrapper, options: callOptions }
    return { attempts: { model, plan, read, repairs: options.repair?.attempts ?? 0, continuation }, place }
  }
  const wrapper: Model = dynamicModel({
    ...model,
    call: async (prompt, callOptions = {}) => {
      const { attempts } = ask(callOptions)
      const { plan } = attempts
      const answer = await model.call(withInstructions(prompt, plan.instructions), plan.options)
      const { settleOutput } = await import('./output-attempts.ts')
      return (await settleOutput(answer, attempts)).response
    },
    stream: (prompt, callOptions = {}) => {
      try {
        const { attempts, place } = ask(callOptions)
        const { plan } = attempts
        const stream = model.stream(withInstructions(prompt, plan.instructions), plan.options)
        return BaseStream.over(stream, (source) => new OutputSource(source, attempts, place))
      } catch (error) {
        // A stream fails when it is read.
        return BaseStream.over(model.stream(prompt, callOptions), (source) => new FailingSource(source, error))
      }
    },
    explain: async (prompt, callOptions = {}, how) => {
      const { plan } = ask(callOptions).attempts
      const told = await model.explain(withInstructions(prompt, plan.instructions), plan.options, how)
      return { ...told, warnings: [...told.warnings, ...plan.warnings] }
    },
  })
  return wrapper
}

class FailingSource extends SourceRelay {
  readonly #error: unknown

  constructor(source: StreamSource, error: unknown) {
    super(source)
    this.#error = error
  }

  override open(): Promise<never> {
    return Promise.reject(this.#error)
  }
}

interface Ask {
  readonly attempts: OutputAttempts
  readonly place: JsonPlace
}

type Prepare = (options: CallOptions<ProviderTypes>) => Pick<OutputAttempts, 'plan' | 'read'> & Pick<Ask, 'place'>

function reading(schema: Schema, { outputSupport: support }: Model, options: OutputOptions): Prepare {
  const form = formOf(schema)
  return (callOptions) => {
    const plan = planOutput(form, callOptions, { ...options, ...(support && { support }) })
    return {
      plan,
      read: async (response) => (await import('./output-reading.ts')).readJsonOutput(form, plan, response),
      place: { tool: plan.tool, wrapped: form.wrapped, wanted: 'object' },
    }
  }
}

function parsing(parser: OutputParser): Prepare {
  const { instructions } = parser
  return (callOptions) => {
    const plan: OutputPlan = { options: callOptions, ...(instructions && { instructions }), warnings: [] }
    return {
      plan,
      read: async (response) => (await import('./output-reading.ts')).readParsedOutput(parser, plan, response),
      place: { wanted: 'none' },
    }
  }
}

function isParser(schema: OutputSchema): schema is OutputParser {
  return 'parse' in schema && typeof schema['parse'] === 'function' && !('~standard' in schema)
}

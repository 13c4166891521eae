import { originOf, type CallOrigin } from './call-record.ts'
import type { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import type { Model } from './model.ts'
import type { Prompt } from './prompt.ts'
import type { ResolvedPrompt } from './prompt-resolution.ts'
import { sourceOf } from './source-of.ts'
import { SourceRelay } from './source-relay.ts'
import type { Stopwatch } from './stopwatch.ts'
import { BaseStream, type StreamSource } from './stream.ts'
import type { CallOptions, ProviderTypes } from './types.ts'

/**
 * A model that knows what a prompt function says of the call before it does anything else. Every model is one of these, and
 * so is everything that wraps a model: what a wrapper sees are conversations, with the options that hold for them.
 */
export function dynamicModel<T extends ProviderTypes>(model: Model<T>): Model<T>
export function dynamicModel(model: Model): Model {
  return {
    ...model,
    call: async (prompt, options) => {
      if (typeof prompt !== 'function') return model.call(prompt, options)
      const asked = await resolve({ model, prompt, options })
      return asked.model.call(asked.prompt, asked.options)
    },
    stream: (prompt, options) => {
      const stream = model.stream(prompt, options)
      if (typeof prompt !== 'function') return stream
      return BaseStream.over(stream, (source) => new DynamicSource(source, { model, prompt, options }))
    },
    explain: async (prompt, options, how) => {
      if (typeof prompt !== 'function') return model.explain(prompt, options, how)
      const asked = await resolve({ model, prompt, options })
      return asked.model.explain(asked.prompt, asked.options, how)
    },
  }
}

interface Question {
  readonly model: Model
  readonly prompt: Prompt
  readonly options: CallOptions<ProviderTypes> | undefined
}

async function resolve({ model, prompt, options }: Question, cancellation?: Cancellation): Promise<ResolvedPrompt> {
  const { resolvePrompt } = await import('./prompt-resolution.ts')
  return resolvePrompt(model, prompt, options, cancellation)
}

/** The source of a stream that does not know yet what will be asked. The first source stands in until it is read. */
class DynamicSource extends SourceRelay {
  readonly #question: Question
  #isResolved = false

  constructor(first: StreamSource, question: Question) {
    super(first)
    this.#question = question
  }

  override get origin(): CallOrigin | undefined {
    return this.#isResolved ? super.origin : originOf(this.#question.prompt)
  }

  override async open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<ProviderTypes['Chunk']>> {
    // Whoever is around the model is told of a stop in the meantime, too.
    this.begin()
    const asked = await resolve(this.#question, cancellation)
    cancellation.signal.throwIfAborted()
    this.replaceBy(sourceOf(asked.model.stream(asked.prompt, asked.options)))
    this.#isResolved = true
    return super.open(cancellation, stopwatch)
  }
}

import {
  type EmbeddingModel,
  InterlinguaError,
  type ReceivedJson,
  runConcurrently,
  UnsupportedFeatures,
} from '@interlingua/core'
import { type EmbedBatch, batchesOf, mostInputs } from './batch.ts'
import type { CohereEmbedInput, CohereEmbedOptions, CohereEmbeddingModelId, CohereEmbeddingTypes } from './options.ts'
import { checkEmbed, decodeEmbed } from './decode.ts'
import { encodeEmbed, fieldOf } from './encode.ts'
import { checkCall } from './check.ts'
import { ask, checkFor } from '../endpoint.ts'
import type { CohereEmbeddingResponse } from './response.ts'
import type { Connection } from '../connection.ts'

/** A model of Cohere's that turns texts and images into vectors: `cohere.embed('embed-v4.0')`. */
export interface CohereEmbeddingModel extends EmbeddingModel<CohereEmbedOptions> {
  /**
   * Embeds inputs. More than 96, or more images than fit, are sent as several requests; the first one that fails stops the
   * others, and its error says which inputs it was about.
   *
   * ```ts
   * const { embeddings } = await cohere.embed('embed-v4.0').embed(['one', 'two'], { inputType: 'search_document' })
   * ```
   *
   * @throws {InterlinguaError} where not all of them could be embedded; `code` tells why.
   * @see https://docs.cohere.com/reference/embed
   */
  readonly embed: CohereEmbed
}

/** How a Cohere embedding model is called. The types of the vectors follow from `embeddingTypes`. */
export interface CohereEmbed {
  <const Types extends CohereEmbeddingTypes = readonly ['float']>(
    inputs: readonly CohereEmbedInput[],
    options: CohereEmbedOptions<Types>,
  ): Promise<CohereEmbeddingResponse<Types>>
  // The compiler takes the last signature where it has to find the options of a model.
  (inputs: readonly CohereEmbedInput[], options: CohereEmbedOptions): Promise<CohereEmbeddingResponse>
}

/** Makes an embedding model. */
export function createEmbeddingModel(connection: Connection, id: CohereEmbeddingModelId): CohereEmbeddingModel {
  return {
    provider: connection.provider,
    id,
    async embed<const Types extends CohereEmbeddingTypes>(
      inputs: readonly CohereEmbedInput[],
      options: CohereEmbedOptions<Types>,
    ): Promise<CohereEmbeddingResponse<Types>> {
      checkFor(connection, id, () => checkCall(inputs, options))
      const { batchSize = mostInputs, maxConcurrency = 4, embeddingTypes: types = ['float'] as const } = options
      const field = fieldOf(inputs)
      const send = ({ start, inputs: some }: EmbedBatch, signal: AbortSignal | undefined): Promise<ReceivedJson> => {
        const unsupported = new UnsupportedFeatures(options.onUnsupported)
        return ask(
          connection,
          {
            model: id,
            encode: () => ({
              url: connection.url('/v2/embed'),
              headers: connection.headers(),
              body: encodeEmbed(id, { start, inputs: some }, options, { field, unsupported }),
              warnings: unsupported.warnings,
            }),
            decode: (received) => {
              checkEmbed(received, types, some.length)
              return received
            },
          },
          { ...options, ...(signal && { signal }) },
        )
      }
      const batches = batchesOf(inputs, batchSize)
      const answers = await runConcurrently(batches, { maxConcurrency, signal: options.signal }, (batch, signal) =>
        send(batch, signal).catch((error: unknown) => {
          throw batches.length > 1 ? aboutBatch(error, batch, inputs.length) : error
        }),
      )
      return decodeEmbed<Types>(answers, types, { model: id, price: connection.price(id) })
    },
  }
}

/** The error of one request among several, with the inputs that it was about. */
function aboutBatch(error: unknown, { start, inputs }: EmbedBatch, count: number): unknown {
  // A call that was stopped is not about any of its inputs.
  if (!(error instanceof InterlinguaError) || error.code === 'aborted') return error
  const { code, message, provider, model, status, requestId, retryable, retryAfterMs, headers, body, cause } = error
  const { attempts, deadline } = error
  const last = start + inputs.length - 1
  const { field = `inputs[${start}..${last}]` } = error
  return new InterlinguaError({
    code,
    message: `${message} The request was for inputs ${start} to ${last} of ${count}.`,
    provider,
    model,
    status,
    requestId,
    retryable,
    retryAfterMs,
    attempts,
    deadline,
    field,
    headers,
    body,
    cause,
  })
}

import {
  aboutBatch,
  ask,
  checkFor,
  type ReceivedJson,
  runConcurrently,
  UnsupportedFeatures,
} from '@interlingua/core/encoding'
import { type EmbedBatch, batchesOf, mostInputs } from './batch.ts'
import type { CohereEmbedInput, CohereEmbedOptions, CohereEmbeddingModelId, CohereEmbeddingTypes } from './options.ts'
import { checkEmbed, decodeEmbed } from './decode.ts'
import { encodeEmbed, fieldOf } from './encode.ts'
import { checkCall } from './check.ts'
import type { CohereEmbeddingResponse } from './response.ts'
import type { Connection } from '../connection.ts'

/** Embeds inputs, in as many requests as it takes. */
export async function embed<const Types extends CohereEmbeddingTypes>(
  connection: Connection,
  id: CohereEmbeddingModelId,
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
          authorization: connection.authorization,
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
      throw batches.length > 1
        ? aboutBatch(error, { start: batch.start, size: batch.inputs.length }, inputs.length)
        : error
    }),
  )
  return decodeEmbed<Types>(answers, types, { model: id, price: connection.price(id) })
}

import { InterlinguaError, type ReceivedJson, runConcurrently, UnsupportedFeatures } from '@interlingua/core'
import { type EmbedBatch, batchesOf, mostInputs } from './batch.ts'
import type { CohereEmbedInput, CohereEmbedOptions, CohereEmbeddingModelId, CohereEmbeddingTypes } from './options.ts'
import { checkEmbed, decodeEmbed } from './decode.ts'
import { encodeEmbed, fieldOf } from './encode.ts'
import { checkCall } from './check.ts'
import { ask, checkFor } from '../endpoint.ts'
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
      throw batches.length > 1 ? aboutBatch(error, batch, inputs.length) : error
    }),
  )
  return decodeEmbed<Types>(answers, types, { model: id, price: connection.price(id) })
}

/** The error of one request among several, with the inputs that it was about. */
function aboutBatch(error: unknown, { start, inputs }: EmbedBatch, count: number): unknown {
  // A call that was stopped is not about any of its inputs.
  if (!(error instanceof InterlinguaError) || error.code === 'aborted') return error
  const { code, message, provider, model, status, requestId, retryable, retryAfterMs, headers, body, cause } = error
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
    field,
    headers,
    body,
    cause,
  })
}

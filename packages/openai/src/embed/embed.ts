import {
  costOf,
  type EmbeddingResponse,
  itemsIn,
  type Loose,
  numberIn,
  type ReceivedJson,
  sumUsage,
  textIn,
  type Usage,
  withoutUndefined,
} from '@interlingua/core/adapter'
import {
  aboutBatch,
  ask,
  checkFor,
  invalidRequest,
  kindOf,
  runConcurrently,
  unexpected,
} from '@interlingua/core/encoding'
import type { Connection } from '../connection.ts'
import type { OpenAIEmbeddingModelId, OpenAIEmbedOptions } from './options.ts'
import type { WireEmbedRequest, WireEmbedResponse } from './wire.ts'

/** The most inputs that OpenAI takes in one request. */
const mostInputs = 2_048

/** Embeds texts, in as many requests as it takes. */
export async function embed(
  connection: Connection,
  id: OpenAIEmbeddingModelId,
  inputs: readonly string[],
  options: OpenAIEmbedOptions = {},
): Promise<EmbeddingResponse> {
  checkFor(connection, id, () => checkInputs(inputs, options))
  const { batchSize = mostInputs, maxConcurrency = 4 } = options
  const starts = Array.from({ length: Math.ceil(inputs.length / batchSize) }, (_, index) => index * batchSize)
  const send = async (start: number, signal: AbortSignal | undefined): Promise<ReceivedJson> => {
    const some = inputs.slice(start, start + batchSize)
    const endpoint = {
      model: id,
      encode: () => ({
        url: connection.url('/embeddings'),
        headers: connection.headers(),
        authorization: connection.authorization,
        body: encodeEmbed(id, some, options),
      }),
      decode: (received: ReceivedJson) => {
        const { length } = itemsIn((received.body as Loose<WireEmbedResponse>).data)
        if (length === some.length) return received
        throw unexpected(`the server sent ${length} embeddings for ${some.length} inputs.`, received.body)
      },
    }
    try {
      return await ask(connection, endpoint, { ...options, ...(signal && { signal }) })
    } catch (error) {
      throw starts.length > 1 ? aboutBatch(error, { start, size: some.length }, inputs.length) : error
    }
  }
  await connection.load()
  const answers = await runConcurrently(starts, { maxConcurrency, signal: options.signal }, send)
  return decodeEmbed(answers, connection, id)
}

function checkInputs(inputs: readonly unknown[], { batchSize = 1 }: OpenAIEmbedOptions): void {
  if (!Array.isArray(inputs)) throw invalidRequest('inputs', `the inputs are an array, and this is ${kindOf(inputs)}.`)
  if (inputs.length === 0) throw invalidRequest('inputs', 'there is nothing to embed.')
  for (const [index, input] of inputs.entries()) {
    const field = `inputs[${index}]`
    if (typeof input !== 'string') throw invalidRequest(field, `an input is a text, and this is ${kindOf(input)}.`)
    if (input === '') throw invalidRequest(field, 'an input cannot be empty.')
  }
  if (Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= mostInputs) return
  throw invalidRequest('batchSize', `1 to ${mostInputs} inputs are taken at a time, and this is ${String(batchSize)}.`)
}

function encodeEmbed(model: string, input: readonly string[], options: OpenAIEmbedOptions): WireEmbedRequest {
  const { dimensions, encodingFormat, user, extraBody } = options
  const body = { model, input: [...input], dimensions, encoding_format: encodingFormat, user }
  return { ...withoutUndefined(body), ...extraBody }
}

/** Puts the answers to all batches together, each in the order of its inputs. */
function decodeEmbed(answers: readonly ReceivedJson[], connection: Connection, id: string): EmbeddingResponse {
  const bodies = answers.map(({ body }) => body as Loose<WireEmbedResponse>)
  const usage = sumUsage(bodies.map(decodeUsage))
  const [first] = answers
  const model = textIn(bodies[0]?.model) ?? id
  return {
    provider: connection.provider,
    model,
    embeddings: bodies.flatMap(({ data }) => {
      const sorted = itemsIn(data).toSorted((one, other) => one.index - other.index)
      return sorted.map(({ embedding }) => embedding as number[])
    }),
    usage,
    cost: costOf(usage, connection.price(model) ?? connection.price(id)),
    warnings: answers.flatMap(({ warnings }) => warnings),
    id: undefined,
    requestId: first?.requestId,
    headers: first?.headers ?? {},
    raw: bodies,
    answers,
  }
}

function decodeUsage({ usage }: Loose<WireEmbedResponse>): Usage {
  return withoutUndefined({ inputTokens: numberIn(usage?.prompt_tokens) })
}

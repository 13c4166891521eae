import {
  costOf,
  type Loose,
  type Price,
  type ReceivedJson,
  sumUsage,
  textIn,
  type Warning,
} from '@interlingua/core/adapter'
import { unexpected } from '@interlingua/core/encoding'
import { decodeMeta, decodeMetaWarnings } from '../meta.ts'
import type { CohereEmbeddingType, CohereEmbeddingTypes } from './options.ts'
import type { CohereEmbeddingResponse, CohereEmbeddingsByType, CohereVectors } from './response.ts'
import type { WireEmbedResponse } from './wire.ts'

type Received = ReceivedJson & { readonly body: Loose<WireEmbedResponse> }

/** Checks that an answer has a vector of each type for each input. Throws an error of code `protocol` where it has not. */
export function checkEmbed({ body }: Received, types: CohereEmbeddingTypes, count: number): void {
  for (const type of types) {
    const vectors = body.embeddings?.[type]
    if (vectors?.length === count) continue
    const found = vectors ? `${vectors.length} embeddings of type ${type}` : `no embeddings of type ${type}`
    throw unexpected(`the server sent ${found} for ${count} inputs.`, body)
  }
}

/** Puts the answers to all batches together. */
export function decodeEmbed<Types extends CohereEmbeddingTypes>(
  answers: readonly Received[],
  types: CohereEmbeddingTypes,
  { model, price }: { readonly model: string; readonly price: Price | undefined },
): CohereEmbeddingResponse<Types> {
  const usage = sumUsage(answers.map(({ body }) => decodeMeta(body.meta)))
  const [first] = answers
  const vectors = types.map((type): [string, unknown] => [type, answers.flatMap(({ body }) => vectorsOf(body, type))])
  // The keys are the types that were asked for, which the compiler cannot follow through a list.
  const byType: unknown = Object.fromEntries(vectors)
  return {
    provider: 'cohere',
    model,
    embeddings: vectors[0]?.[1] as readonly CohereVectors[Types[0]][],
    byType: byType as CohereEmbeddingsByType<Types[number]>,
    usage,
    cost: costOf(usage.billed, price),
    warnings: onceEach(answers.flatMap(({ body, warnings }) => [...warnings, ...decodeMetaWarnings(body.meta)])),
    id: textIn(first?.body.id),
    requestId: first?.requestId,
    headers: first?.headers ?? {},
    raw: answers.map(({ body }) => body as WireEmbedResponse),
    answers,
  }
}

function vectorsOf(body: Loose<WireEmbedResponse>, type: CohereEmbeddingType): readonly (readonly number[] | string)[] {
  return body.embeddings?.[type] ?? []
}

function onceEach(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()]
}

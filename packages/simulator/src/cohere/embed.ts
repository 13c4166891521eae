import { uuidOf } from '../fingerprint.ts'
import type { JsonObject } from '../json.ts'
import { embed, embedData } from '../language/embedding.ts'
import type { Call, Reply } from '../route.ts'
import { countTokens } from '../tokens.ts'
import { jsonReply, metaOf, type Version } from './body.ts'
import { readEmbedRequest, type EmbedInput, type EmbedRequest } from './embed-request.ts'
import { encodeVector } from './embedding-types.ts'
import { refusal } from './errors.ts'
import { imageSize, imageTokens } from './images.ts'
import type { Models } from './models.ts'

/** `POST /v2/embed`, and the older `POST /v1/embed`. */
export function embedAt(version: Version): (call: Call, models: Models) => Reply {
  return (call, models) => {
    const request = readEmbedRequest(call, version, models)
    return 'status' in request ? refusal(call, request) : answer(call, request, version)
  }
}

function answer(call: Call, request: EmbedRequest, version: Version): Reply {
  const { inputs, texts, types, warnings } = request
  const vectors = inputs.map((input) => vectorOf(input, request.size))
  const byType = types.map((type) => [type, vectors.map((vector) => encodeVector(vector, type))] as const)
  const sizes = inputs.flatMap(({ images }) => images.map(imageSize)).filter((size) => size !== undefined)
  const tokens = sum(inputs, ({ text }) => countTokens(text))
  const value = {
    id: uuidOf(`${call.index} ${call.text}`),
    ...(texts && { texts }),
    ...(sizes.length > 0 && { images: sizes }),
    // Without types v1 gives the numbers alone.
    embeddings: types.length > 0 ? Object.fromEntries(byType) : vectors.map((vector) => encodeVector(vector, 'float')),
    meta: metaOf(version, warnings, billed(request, tokens)),
    response_type: types.length > 0 ? 'embeddings_by_type' : 'embeddings_floats',
  }
  const chars = sum(inputs, ({ text }) => text.length)
  return jsonReply(value, warnings, { num_chars: String(chars), num_tokens: String(tokens) })
}

function vectorOf({ text, images }: EmbedInput, size: number): Float64Array {
  return images.length > 0 ? embedData([...images, text].join('\n'), size) : embed(text, size)
}

// Recorded: the fourth generation counts the tokens of images, also when there are none; those before count images.
function billed({ model, inputs }: EmbedRequest, tokens: number): JsonObject {
  const images = inputs.flatMap((input) => input.images)
  if (model.dimensions.length > 1)
    return { image_tokens: sum(images, (url) => imageTokens({ url })), input_tokens: tokens }
  return images.length > 0 ? { images: images.length } : { input_tokens: tokens }
}

function sum<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((total, item) => total + measure(item), 0)
}

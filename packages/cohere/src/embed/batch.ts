import { type ImagePart, imageUrl } from '@interlingua/core/encoding'
import type { CohereEmbedInput } from './options.ts'

/** The most inputs that Cohere takes in one request. */
export const mostInputs = 96
/** Cohere takes 20 MB of images in one request. They are counted as they are sent, which is the cautious way. */
const mostImageCharacters = 20_000_000

/** Inputs that are sent together. */
export interface EmbedBatch {
  /** Where the first of them is in the list that was given. */
  readonly start: number
  readonly inputs: readonly CohereEmbedInput[]
}

/** Cuts a list of inputs, in order, into what fits into one request each. An image that is too large for any goes alone. */
export function batchesOf(inputs: readonly CohereEmbedInput[], size: number): EmbedBatch[] {
  const batches: EmbedBatch[] = []
  let start = 0
  let characters = 0
  for (const [index, input] of inputs.entries()) {
    const more = imagesOf(input).reduce((sum, image) => sum + imageCharacters(image), 0)
    const isFull = index - start >= size || characters + more > mostImageCharacters
    if (isFull && index > start) {
      batches.push({ start, inputs: inputs.slice(start, index) })
      start = index
      characters = 0
    }
    characters += more
  }
  batches.push({ start, inputs: inputs.slice(start) })
  return batches
}

/** The images of an input. */
export function imagesOf(input: CohereEmbedInput): readonly ImagePart[] {
  if (typeof input === 'string') return []
  return 'content' in input ? input.content.filter((part) => part.type === 'image') : [input]
}

/** The length of an image's URL, without making one of its bytes: base64 has four characters for three of them. */
function imageCharacters(image: ImagePart): number {
  if ('url' in image) return imageUrl(image).length
  return Math.ceil(image.data.length / 3) * 4
}

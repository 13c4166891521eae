import { type UnsupportedFeatures, withoutUndefined } from '@interlingua/core/adapter'
import { imageUrl } from '@interlingua/core/encoding'
import { type EmbedBatch, imagesOf } from './batch.ts'
import { withinLimits } from '../limits.ts'
import type { CohereEmbedInput, CohereEmbedOptions, CohereEmbeddingTypes } from './options.ts'
import type { WireEmbedContent, WireEmbedRequest } from './wire.ts'

/**
 * The field that holds the inputs: `texts` or `images` where there is nothing else, which every model takes, and otherwise
 * `inputs`, which Embed v4 takes. It is chosen for all batches alike, so that it does not depend on where they are cut.
 */
export type EmbedField = 'texts' | 'images' | 'inputs'

/** Chooses the field for inputs. */
export function fieldOf(inputs: readonly CohereEmbedInput[]): EmbedField {
  if (inputs.every((input) => typeof input === 'string')) return 'texts'
  const areImages = inputs.every((input) => typeof input === 'object' && !('content' in input))
  return areImages ? 'images' : 'inputs'
}

/** Encodes a batch of inputs. */
export function encodeEmbed(
  model: string,
  { inputs, start }: EmbedBatch,
  options: CohereEmbedOptions<CohereEmbeddingTypes>,
  { field, unsupported }: { readonly field: EmbedField; readonly unsupported: UnsupportedFeatures },
): WireEmbedRequest {
  for (const [index, input] of inputs.entries()) {
    for (const { detail } of imagesOf(input)) {
      if (detail === undefined || detail === 'auto') continue
      const problem = 'Cohere embeds images in one way only'
      unsupported.add({ field: `inputs[${start + index}].detail`, problem, instead: 'it is left out' })
    }
  }
  const { outputDimension, maxTokens, priority } = withinLimits(options, unsupported)
  return withoutUndefined({
    model,
    input_type: options.inputType,
    embedding_types: [...(options.embeddingTypes ?? (['float'] as const))],
    ...encodeInputs(inputs, field),
    output_dimension: outputDimension,
    max_tokens: maxTokens,
    truncate: options.truncate,
    priority: priority,
  })
}

function encodeInputs(
  inputs: readonly CohereEmbedInput[],
  field: EmbedField,
): Pick<WireEmbedRequest, 'texts' | 'images' | 'inputs'> {
  if (field === 'texts') return { texts: inputs.filter((input) => typeof input === 'string') }
  if (field === 'images') return { images: inputs.flatMap(imagesOf).map(imageUrl) }
  return { inputs: inputs.map((input) => ({ content: encodeContent(input) })) }
}

function encodeContent(input: CohereEmbedInput): WireEmbedContent[] {
  if (typeof input === 'string') return [{ type: 'text', text: input }]
  const parts = 'content' in input ? input.content : [input]
  return parts.map((part) =>
    part.type === 'text'
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: imageUrl(part) } },
  )
}

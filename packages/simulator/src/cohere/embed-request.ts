import { isObject, objectsIn, stringsIn, type JsonObject } from '../json.ts'
import type { Call } from '../route.ts'
import { countTokens, tokenPieces } from '../tokens.ts'
import { readBody, type Version } from './body.ts'
import { embeddingTypes, type EmbeddingType } from './embedding-types.ts'
import { badRequest, unrecognized, type Problem } from './errors.ts'
import type { Model, Models } from './models.ts'
import { any, integer, list, text } from './shape.ts'

const fields = {
  model: text,
  input_type: text,
  texts: list(text),
  images: list(text),
  inputs: list(any),
  truncate: text,
  embedding_types: list(text),
  output_dimension: integer,
  max_tokens: integer,
  priority: integer,
}
const inputTypes = new Set(['search_document', 'search_query', 'classification', 'clustering', 'image'])
const truncations = new Set(['NONE', 'START', 'END'])
const mostTexts = 96

/** A thing to make a vector of: text, images, or both. */
export interface EmbedInput {
  readonly text: string
  readonly images: readonly string[]
}

/** A request for vectors in which nothing is wrong. */
export interface EmbedRequest {
  readonly model: Model
  readonly inputs: readonly EmbedInput[]
  /** The field `texts`, which the answer repeats; `undefined` where there is none. */
  readonly texts: readonly string[] | undefined
  readonly types: readonly EmbeddingType[]
  readonly size: number
  readonly warnings: readonly string[]
}

/** Reads a request for vectors, or says what is wrong with it. */
export function readEmbedRequest(call: Call, version: Version, models: Models): EmbedRequest | Problem {
  const body = readBody(call, { page: 'embed', version, fields })
  if ('status' in body) return body
  const { json, warnings } = body
  const name = json['model'] ?? (version === 1 ? 'embed-english-v3.0' : '')
  if (typeof name !== 'string' || name === '') return badRequest('a model parameter is required for this endpoint.')
  const model = models.find(name, 'embed')
  if ('status' in model) return model
  const inputs = inputsOf(json)
  const problem =
    inputProblem(json, inputs, version) ?? optionProblem(json, model) ?? lengthProblem(json, inputs, model)
  if (problem) return problem
  const { texts, embedding_types: types, output_dimension: size } = json
  return {
    model,
    inputs: inputs.map((input) => shortened(input, json, model)),
    texts: texts === undefined ? undefined : stringsIn(texts),
    // Recorded: v2 gives floats when no type is asked for.
    types: types === undefined && version === 2 ? ['float'] : stringsIn(types).filter(isEmbeddingType),
    size: typeof size === 'number' ? size : (model.dimensions.at(-1) ?? 0),
    warnings,
  }
}

function inputsOf({ texts, images, inputs }: JsonObject): EmbedInput[] {
  return [
    ...stringsIn(texts).map((words) => ({ text: words, images: [] })),
    ...stringsIn(images).map((url) => ({ text: '', images: [url] })),
    ...objectsIn(inputs).map(({ content }) => ({
      text: objectsIn(content)
        .flatMap((part) => stringsIn([part['text']]))
        .join('\n'),
      images: objectsIn(content).flatMap(({ image_url }) => (isObject(image_url) ? stringsIn([image_url['url']]) : [])),
    })),
  ]
}

// The texts are documented where one exists; what is about dimensions, words and missing inputs is this package's own.
function inputProblem(json: JsonObject, inputs: readonly EmbedInput[], version: Version): Problem | undefined {
  const { input_type, texts, images } = json
  if (inputs.length === 0) return badRequest('invalid request: one of texts, images, or inputs must be provided.')
  if (inputs.length > mostTexts) {
    return badRequest(`invalid request: total number of texts must be at most ${mostTexts} - received ${inputs.length}`)
  }
  if (typeof input_type !== 'string' && version === 2) {
    return badRequest('invalid request: valid input_type must be provided with the provided model')
  }
  if (typeof input_type === 'string' && !inputTypes.has(input_type))
    return unrecognized('input type', input_type, 'embed')
  if (Array.isArray(images) && input_type !== 'image') {
    return badRequest('invalid request: images must be used with input_type=image')
  }
  const empty = stringsIn(texts).indexOf('')
  return empty === -1
    ? undefined
    : badRequest(`invalid request: inputs contains an element that is the empty string at index ${empty}`)
}

function optionProblem(json: JsonObject, model: Model): Problem | undefined {
  const { embedding_types, output_dimension: size, truncate } = json
  const types = stringsIn(embedding_types)
  const unknown = types.find((type) => !isEmbeddingType(type))
  if (unknown !== undefined) return unrecognized('embedding type', unknown, 'embed')
  if (typeof size === 'number' && !model.dimensions.includes(size)) {
    return badRequest(`invalid request: output_dimension must be one of ${model.dimensions.join(', ')}.`)
  }
  return typeof truncate === 'string' && !truncations.has(truncate)
    ? unrecognized('truncate', truncate, 'embed')
    : undefined
}

function lengthProblem(json: JsonObject, inputs: readonly EmbedInput[], model: Model): Problem | undefined {
  if (json['truncate'] !== 'NONE') return undefined
  const most = mostTokens(json, model)
  const long = inputs.map((input) => countTokens(input.text)).find((count) => count > most)
  if (long === undefined) return undefined
  const sum = `total number of tokens in a text cannot exceed ${most} - received ${long}`
  return badRequest(`too many tokens: ${sum}. Try using a shorter text, or enabling truncating.`)
}

function shortened(input: EmbedInput, json: JsonObject, model: Model): EmbedInput {
  const most = mostTokens(json, model)
  const pieces = tokenPieces(input.text)
  if (pieces.length <= most) return input
  const kept = json['truncate'] === 'START' ? pieces.slice(-most) : pieces.slice(0, most)
  return { images: input.images, text: kept.join('') }
}

function mostTokens({ max_tokens: most }: JsonObject, { contextLength }: Model): number {
  return typeof most === 'number' ? Math.min(most, contextLength) : contextLength
}

function isEmbeddingType(type: string): type is EmbeddingType {
  return embeddingTypes.some((known) => known === type)
}

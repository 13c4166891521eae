import { isObject, type JsonObject } from '../json.ts'
import { embed, embedData } from '../language/embedding.ts'
import type { Reply } from '../route.ts'
import { countTokens } from '../tokens.ts'
import type { Exchange } from './exchange.ts'
import type { Model } from './models.ts'
import { badRequest, firstProblem, isProblem, type Problem } from './problem.ts'
import { integer, list, missingParameter, oneOf, problemIn, struct, text, type Shape } from './shape.ts'

const mostInputs = 2_048
const mostTokens = 300_000

const shape: Shape = struct({
  input: oneOf(text(), list(oneOf(text(), integer(0), list(integer(0))), { min: 1, max: mostInputs })),
  model: text(),
  dimensions: integer(1),
  encoding_format: text(['float', 'base64']),
  user: text(),
})

/** `POST /v1/embeddings` (https://platform.openai.com/docs/api-reference/embeddings/create). */
export function embeddings(exchange: Exchange): Reply {
  const { call, dialect } = exchange
  const { json } = call
  const early = exchange.syntaxProblem() ?? (isObject(json) ? undefined : exchange.unreadable())
  if (early || !isObject(json)) return exchange.refuse(early ?? exchange.unreadable())
  if (typeof json['model'] !== 'string') return exchange.refuse(badRequest('you must provide a model parameter'))
  const model = dialect.model(json['model'], 'embeddings')
  if (isProblem(model)) return exchange.refuse(model)
  const inputs = inputsOf(json['input'])
  const wrong = dialect.check(json, 'embeddings') ?? requestProblem(json, inputs, model, dialect.strict)
  if (wrong) return exchange.refuse(wrong)
  const tokens = inputs.reduce((sum, input) => sum + tokensOf(input), 0)
  const limited = exchange.count(tokens)
  if (limited) return exchange.refuse(limited)
  const size = typeof json['dimensions'] === 'number' ? json['dimensions'] : model.dimensions
  const written = json['encoding_format'] === 'base64' ? base64Of : Array.from<number>
  return exchange.json({
    object: 'list',
    data: inputs.map((input, index) => ({ object: 'embedding', index, embedding: written(vectorOf(input, size)) })),
    model: dialect.answeredModel(model),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  })
}

type Input = string | readonly number[]

function inputsOf(input: unknown): Input[] {
  if (typeof input === 'string') return [input]
  if (!Array.isArray(input)) return []
  // One text as its tokens.
  if (input.every((item) => typeof item === 'number')) return [input]
  return input.flatMap((item): Input[] =>
    typeof item === 'string' ? [item] : Array.isArray(item) ? [item.map(Number)] : [],
  )
}

function requestProblem(
  json: JsonObject,
  inputs: readonly Input[],
  model: Model,
  strict: boolean,
): Problem | undefined {
  if (json['input'] === undefined || json['input'] === null) return missingParameter('input')
  if (!strict) return inputs.length > 0 ? undefined : missingParameter('input')
  const problem = problemIn(json, shape)
  if (problem) return problem
  if (model.kind !== 'embedding') {
    const words = 'You are not allowed to generate embeddings from this model'
    return { status: 403, message: words }
  }
  const { dimensions } = json
  if (typeof dimensions === 'number' && !model.shortens) {
    return badRequest('This model does not support specifying dimensions.', 'dimensions')
  }
  if (typeof dimensions === 'number' && dimensions > model.dimensions) {
    const words = `Expected a value <= ${model.dimensions}, but got ${dimensions} instead.`
    return badRequest(
      `Invalid 'dimensions': integer above maximum value. ${words}`,
      'dimensions',
      'integer_above_max_value',
    )
  }
  return firstProblem(inputs.entries(), ([at, input]) => inputProblem(input, at, model)) ?? sumProblem(inputs)
}

function inputProblem(input: Input, at: number, model: Model): Problem | undefined {
  if (input.length === 0)
    return badRequest(`Invalid 'input[${at}]': input cannot be an empty string.`, 'input', 'invalid_value')
  const tokens = tokensOf(input)
  if (tokens <= model.contextLength) return undefined
  const words = `however you requested ${tokens} tokens (${tokens} in your prompt; 0 for the completion).`
  const advice = 'Please reduce your prompt; or completion length.'
  return badRequest(`This model's maximum context length is ${model.contextLength} tokens, ${words} ${advice}`, 'input')
}

function sumProblem(inputs: readonly Input[]): Problem | undefined {
  const sum = inputs.reduce((total, input) => total + tokensOf(input), 0)
  if (sum <= mostTokens) return undefined
  const words = `Requested ${sum} tokens, max ${mostTokens} tokens per request`
  return { ...badRequest(words, 'input', 'max_tokens_per_request'), type: 'max_tokens_per_request' }
}

function tokensOf(input: Input): number {
  return typeof input === 'string' ? countTokens(input) : input.length
}

function vectorOf(input: Input, size: number): Float64Array {
  // Tokens are numbers that only their own tokeniser reads.
  return typeof input === 'string' ? embed(input, size) : embedData(input.join(' '), size)
}

/** The bytes of the vector as little-endian 32-bit numbers. */
function base64Of(vector: Float64Array): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4))
  for (const [at, value] of vector.entries()) view.setFloat32(at * 4, value, true)
  let bytes = ''
  for (const byte of new Uint8Array(view.buffer)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}

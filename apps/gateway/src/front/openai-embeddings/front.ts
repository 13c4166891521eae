import { base64, type EmbeddingResponse, type Usage, type Warning, withoutUndefined } from '@interlingua/core'
import { firstAnswer } from '../../first-answer.ts'
import type { GatewayCall } from '../../gateway-call.ts'
import type { JsonObject } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import type { Route, Target } from '../../routes.ts'
import { encodeError } from '../openai-chat/error.ts'
import { type PlainAnswer, plainExtension, type PlainFront } from '../plain-front.ts'
import { tokenTotals } from '../token-totals.ts'

/** OpenAI's embeddings. */
export const openaiEmbeddings: PlainFront = { endpoint: 'openai-embeddings', encodeError, answer }

interface EmbedRequest {
  readonly inputs: readonly string[]
  readonly format: 'float' | 'base64'
  readonly dimensions: number | undefined
  readonly user: string | undefined
  /** Not OpenAI's: what Cohere wants to know of texts. */
  readonly inputType: string | undefined
}

type Vector = readonly number[] | string

async function answer(body: JsonObject, route: Route, call: GatewayCall): Promise<PlainAnswer> {
  const request = readRequest(body)
  return firstAnswer(route, async (target) => {
    const warnings: Warning[] = []
    const response = await embed(target, request, { route, call, warnings })
    const { provider, model, usage, cost, raw } = response
    const [only] = raw
    const passed = target.provider.kind === 'openai' && raw.length === 1 && typeof only === 'object' && only !== null
    const told = [...warnings, ...response.warnings]
    const translated = { ...listOf(response.embeddings, model, usage, request), ...plainExtension(response, told) }
    return {
      body: passed ? { ...only } : translated,
      outcome: { provider, model, usage, cost, warnings: told.length },
    }
  })
}

function readRequest({
  input,
  encoding_format: format,
  dimensions,
  user,
  input_type: inputType,
}: JsonObject): EmbedRequest {
  const inputs: readonly unknown[] = Array.isArray(input) ? input : [input]
  if (inputs.length === 0 || !inputs.every((each) => typeof each === 'string')) {
    throw badRequest("'input' has to be a text or a list of texts; lists of tokens are not taken here.", 'input')
  }
  if (format !== undefined && format !== 'float' && format !== 'base64') {
    throw badRequest("'encoding_format' has to be 'float' or 'base64'.", 'encoding_format')
  }
  return {
    inputs,
    format: format ?? 'float',
    dimensions: typeof dimensions === 'number' ? dimensions : undefined,
    user: typeof user === 'string' ? user : undefined,
    inputType: typeof inputType === 'string' ? inputType : undefined,
  }
}

interface Context {
  readonly route: Route
  readonly call: GatewayCall
  readonly warnings: Warning[]
}

async function embed(
  { provider, model }: Target,
  { inputs, format, dimensions, user, inputType }: EmbedRequest,
  { route, call, warnings }: Context,
): Promise<EmbeddingResponse<Vector>> {
  const shared = withoutUndefined({ signal: call.signal, timeout: route.timeout, retry: route.retry })
  if (provider.openai) {
    const options = withoutUndefined({ ...shared, dimensions, user })
    return format === 'base64'
      ? provider.openai.embed(model).embed(inputs, { ...options, encodingFormat: format })
      : provider.openai.embed(model).embed(inputs, options)
  }
  if (!provider.cohere) throw badRequest(`${provider.name} has no embeddings.`, 'model')
  if (inputType === undefined) {
    const message = 'input_type: Cohere wants to know what the texts are for; search_document is taken.'
    warnings.push({ code: 'unsupported', field: 'input_type', message })
  }
  if (user !== undefined) {
    warnings.push({
      code: 'unsupported',
      field: 'user',
      message: 'user: Cohere has no such parameter; it is left out.',
    })
  }
  const options = {
    ...shared,
    // What Cohere does not know of these, it refuses in its own words.
    inputType: (inputType ?? 'search_document') as 'search_document',
    ...(dimensions !== undefined && { outputDimension: dimensions as 1536 }),
  }
  return provider.cohere.embed(model).embed(inputs, options)
}

function listOf(vectors: readonly Vector[], model: string, usage: Usage, { format }: EmbedRequest): JsonObject {
  const { input } = tokenTotals(usage)
  const tokens = input > 0 ? input : (usage.billed?.inputTokens ?? 0)
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: format === 'base64' && typeof vector !== 'string' ? base64OfFloats(vector) : vector,
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}

/** Numbers as OpenAI's clients read them: 32-bit floats, little-endian. */
function base64OfFloats(numbers: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(numbers.length * 4))
  for (const [index, number] of numbers.entries()) view.setFloat32(index * 4, number, true)
  return base64(new Uint8Array(view.buffer))
}

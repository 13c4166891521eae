import type { CohereEmbedInput, CohereEmbedOptions } from '@interlingua/cohere'
import { type ImagePart, type TextPart, type Warning, withoutUndefined } from '@interlingua/core'
import { firstAnswer } from '../../first-answer.ts'
import type { GatewayCall } from '../../gateway-call.ts'
import { isJsonObject, type JsonObject, objectsOf } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import type { Route, Target } from '../../routes.ts'
import { encodeError } from '../cohere-chat/error.ts'
import { type PlainAnswer, plainExtension, type PlainFront } from '../plain-front.ts'
import { tokenTotals } from '../token-totals.ts'

/** Cohere's embed, v2. */
export const cohereEmbed: PlainFront = { endpoint: 'cohere-embed', encodeError, answer }

async function answer(body: JsonObject, route: Route, call: GatewayCall): Promise<PlainAnswer> {
  const inputs = inputsOf(body)
  return firstAnswer(route, (target) =>
    target.provider.cohere
      ? askCohere(target, { body, inputs, route, call })
      : askOpenAI(target, { body, inputs, route, call }),
  )
}

interface Asked {
  readonly body: JsonObject
  readonly inputs: readonly CohereEmbedInput[]
  readonly route: Route
  readonly call: GatewayCall
}

function inputsOf({ texts, images, inputs }: JsonObject): readonly CohereEmbedInput[] {
  const given = [texts, images, inputs].filter((list) => Array.isArray(list) && list.length > 0)
  if (given.length !== 1) throw badRequest('invalid request: give one of texts, images and inputs.', 'texts')
  if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return texts
  if (Array.isArray(images)) return images.map((url): ImagePart => ({ type: 'image', url: String(url) }))
  return objectsOf(inputs).map(({ content }) => ({ content: objectsOf(content).map(decodePart) }))
}

function decodePart({ type, text, image_url: image }: JsonObject): TextPart | ImagePart {
  if (type === 'text') return { type, text: String(text) }
  return { type: 'image', url: String(isJsonObject(image) ? image['url'] : image) }
}

function sharedOptions({ route, call }: Asked): Pick<CohereEmbedOptions, 'signal' | 'timeout' | 'retry'> {
  return withoutUndefined({ signal: call.signal, timeout: route.timeout, retry: route.retry })
}

async function askCohere({ provider, model: id }: Target, asked: Asked): Promise<PlainAnswer> {
  if (!provider.cohere) throw badRequest(`${provider.name} is not Cohere.`, 'model')
  const { body, inputs } = asked
  const options = {
    ...sharedOptions(asked),
    ...withoutUndefined({
      inputType: body['input_type'] ?? undefined,
      embeddingTypes: body['embedding_types'] ?? undefined,
      outputDimension: body['output_dimension'] ?? undefined,
      truncate: body['truncate'] ?? undefined,
      maxTokens: body['max_tokens'] ?? undefined,
      priority: body['priority'] ?? undefined,
    }),
    // What is wrong with these, Cohere or its adapter says.
  } as CohereEmbedOptions
  const response = await provider.cohere.embed(id).embed(inputs, options)
  const { model, usage, cost, raw, warnings } = response
  const [only, ...more] = raw
  const whole =
    more.length === 0 && only
      ? { ...only }
      : { id: response.id, embeddings: response.byType, response_type: 'embeddings_by_type' }
  return { body: whole, outcome: { provider: response.provider, model, usage, cost, warnings: warnings.length } }
}

async function askOpenAI({ provider, model: id }: Target, asked: Asked): Promise<PlainAnswer> {
  const { body, inputs } = asked
  const texts = inputs.filter((input) => typeof input === 'string')
  if (!provider.openai || texts.length < inputs.length) {
    throw badRequest(`${provider.name} embeds texts and nothing else: give texts.`, 'texts')
  }
  const types: readonly unknown[] = Array.isArray(body['embedding_types']) ? body['embedding_types'] : ['float']
  if (types.some((type) => type !== 'float')) {
    throw badRequest(`${provider.name} gives embeddings of the type float and no other.`, 'embedding_types')
  }
  const dimensions = body['output_dimension']
  const options = { ...sharedOptions(asked), ...(typeof dimensions === 'number' && { dimensions }) }
  const response = await provider.openai.embed(id).embed(texts, options)
  const warnings = [...leftOut(body, provider.name), ...response.warnings]
  const { usage, model, cost } = response
  const { input } = tokenTotals(usage)
  return {
    body: {
      id: asked.call.id,
      embeddings: { float: response.embeddings },
      texts,
      response_type: 'embeddings_by_type',
      meta: { api_version: { version: '2' }, billed_units: { input_tokens: input } },
      ...plainExtension(response, warnings),
    },
    outcome: { provider: response.provider, model, usage, cost, warnings: warnings.length },
  }
}

function leftOut(body: JsonObject, name: string): Warning[] {
  return ['input_type', 'truncate', 'max_tokens', 'priority']
    .filter((field) => body[field] !== undefined && body[field] !== null)
    .map((field) => ({
      code: 'unsupported',
      field,
      message: `${field}: ${name} has no such parameter; it is left out.`,
    }))
}

import { isObject, type Loose, type ReceivedJson, type RequestOptions, type Warning } from '@interlingua/core/adapter'
import { ask, checkFor, invalidRequest, kindOf, unexpected } from '@interlingua/core/encoding'
import type { CohereEmbeddingModelId } from './embed/options.ts'
import type { CohereModelId } from './model-id.ts'
import type { Connection } from './connection.ts'
import { decodeMetaWarnings, type WireMeta } from './meta.ts'

/** What a request to the tokenizer takes beside what to convert. */
export interface CohereTokenizeOptions extends RequestOptions {
  /** The model whose tokenizer is used. */
  readonly model: CohereModelId | CohereEmbeddingModelId
}

/** What an answer of the tokenizer tells about itself. */
interface TokenizerAnswer<Wire> {
  readonly requestId: string | undefined
  readonly warnings: readonly Warning[]
  /** The response headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Cohere's whole answer, parsed from JSON and otherwise untouched. */
  readonly raw: Wire
}

/** A text as tokens. */
export interface CohereTokens extends TokenizerAnswer<WireTokenizeResponse> {
  /** The tokens' numbers, for example `[9707, 11]`. */
  readonly tokens: readonly number[]
  /** The tokens' texts, for example `['Hello', ',']`. */
  readonly tokenStrings: readonly string[]
}

/** Tokens as a text. */
export interface CohereText extends TokenizerAnswer<WireDetokenizeResponse> {
  readonly text: string
}

/** The request of `/v1/tokenize`: https://docs.cohere.com/reference/tokenize. */
export interface WireTokenizeRequest {
  text: string
  model: string
}

/** The answer of `/v1/tokenize`. */
export interface WireTokenizeResponse {
  tokens: number[]
  token_strings: string[]
  meta?: WireMeta
}

/** The request of `/v1/detokenize`: https://docs.cohere.com/reference/detokenize. */
export interface WireDetokenizeRequest {
  tokens: number[]
  model: string
}

/** The answer of `/v1/detokenize`. */
export interface WireDetokenizeResponse {
  text: string
  meta?: WireMeta
}

/** Converts a text to tokens. */
export async function tokenize(
  connection: Connection,
  text: string,
  options: CohereTokenizeOptions,
): Promise<CohereTokens> {
  checkFor(connection, undefined, () => {
    if (typeof text !== 'string') throw invalidRequest('text', `this has to be a text, and is ${kindOf(text)}.`)
    checkOptions(options)
  })
  const { model } = options
  const body: WireTokenizeRequest = { text, model }
  const encode = () => ({
    url: connection.url('/v1/tokenize'),
    headers: connection.headers(),
    authorization: connection.authorization,
    body,
  })
  return ask(connection, { model, encode, decode: decodeTokens }, options)
}

/** Converts tokens to the text that they stand for. */
export async function detokenize(
  connection: Connection,
  tokens: readonly number[],
  options: CohereTokenizeOptions,
): Promise<CohereText> {
  checkFor(connection, undefined, () => {
    if (!Array.isArray(tokens)) throw invalidRequest('tokens', `this has to be an array, and is ${kindOf(tokens)}.`)
    checkOptions(options)
  })
  const { model } = options
  const body: WireDetokenizeRequest = { tokens: [...tokens], model }
  const encode = () => ({
    url: connection.url('/v1/detokenize'),
    headers: connection.headers(),
    authorization: connection.authorization,
    body,
  })
  return ask(connection, { model, encode, decode: decodeText }, options)
}

/** The compiler asks for a model; plain JavaScript may have forgotten it. */
function checkOptions(options: unknown): void {
  if (isObject(options) && typeof options['model'] === 'string') return
  throw invalidRequest('model', "the options have to name the model, for example `{ model: 'command-a-03-2025' }`.")
}

function decodeTokens(received: ReceivedJson & { readonly body: Loose<WireTokenizeResponse> }): CohereTokens {
  const { tokens, token_strings: tokenStrings } = received.body
  if (!Array.isArray(tokens) || !Array.isArray(tokenStrings)) {
    throw unexpected('the server sent no tokens.', received.body)
  }
  return { tokens, tokenStrings, ...aboutAnswer(received, received.body as WireTokenizeResponse) }
}

function decodeText(received: ReceivedJson & { readonly body: Loose<WireDetokenizeResponse> }): CohereText {
  const { text } = received.body
  if (typeof text !== 'string') throw unexpected('the server sent no text.', received.body)
  return { text, ...aboutAnswer(received, received.body as WireDetokenizeResponse) }
}

function aboutAnswer<Wire extends { meta?: WireMeta }>(
  { requestId, warnings, headers }: ReceivedJson,
  raw: Wire,
): TokenizerAnswer<Wire> {
  return { requestId, warnings: [...warnings, ...decodeMetaWarnings(raw.meta)], headers, raw }
}

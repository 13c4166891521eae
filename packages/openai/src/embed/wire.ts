/**
 * OpenAI's embeddings as they stand on the wire.
 *
 * @see https://platform.openai.com/docs/api-reference/embeddings
 */
export interface WireEmbedRequest {
  model: string
  input: string[]
  dimensions?: number
  encoding_format?: 'float' | 'base64'
  user?: string
}

export interface WireEmbedResponse {
  model?: string
  data: { index: number; embedding: number[] | string }[]
  usage?: { prompt_tokens: number; total_tokens: number }
}

import type { WireEmbedRequest, WireEmbedResponse } from '@interlingua/cohere'
import type { Answer, Sent } from './exchange.ts'

/** Answers in the form of the recorded ones; the vector of a text is the number that it says. */
export function embedder(sent: Sent): Answer & { readonly body: WireEmbedResponse } {
  const { texts = [], images = [], inputs = [], embedding_types: types } = sent.body as Partial<WireEmbedRequest>
  const values = [
    ...texts.map(Number),
    ...images.map((url) => url.length),
    ...inputs.map(({ content }) => content.length),
  ]
  const lists = (types ?? []).map((type) => [type, values.map((value) => (type === 'base64' ? `${value}=` : [value]))])
  const units = { input_tokens: texts.length, image_tokens: 0 }
  return {
    headers: { 'x-debug-trace-id': `trace-${values[0]}` },
    body: {
      id: `id-${values[0]}`,
      embeddings: Object.fromEntries(lists) as WireEmbedResponse['embeddings'],
      texts,
      response_type: 'embeddings_by_type',
      meta: { api_version: { version: '2' }, billed_units: units },
    },
  }
}

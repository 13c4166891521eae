import type { TokenLogprobs } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'

/** Log-probabilities as OpenAI tells them. Several tokens that the provider gave one text have one entry, of their sum. */
export function encodeLogprobs({ text = '', logprobs, alternatives = [] }: TokenLogprobs): JsonObject {
  return {
    token: text,
    logprob: logprobs.reduce((sum, each) => sum + each, 0),
    bytes: [...new TextEncoder().encode(text)],
    top_logprobs: alternatives.map((each) => ({
      token: each.text,
      logprob: each.logprob,
      bytes: [...new TextEncoder().encode(each.text)],
    })),
  }
}

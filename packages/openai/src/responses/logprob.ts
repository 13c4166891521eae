import { numberIn, textIn, type TokenLogprobs } from '@interlingua/core/adapter'

import { type Item, objectsIn } from './item.ts'

/** A token of the answer, with what the model might have written instead. */
export function decodeLogprob({ token, logprob, top_logprobs: top }: Item): TokenLogprobs {
  const alternatives = objectsIn(top).map((each) => ({
    text: textIn(each['token']) ?? '',
    logprob: numberIn(each['logprob']) ?? Number.NEGATIVE_INFINITY,
  }))
  return {
    text: textIn(token) ?? '',
    logprobs: [numberIn(logprob) ?? Number.NEGATIVE_INFINITY],
    ...(alternatives.length > 0 && { alternatives }),
  }
}

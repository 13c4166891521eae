import { fingerprint } from '../fingerprint.ts'
import type { JsonObject } from '../json.ts'

const encoder = new TextEncoder()

/** Log probabilities in form: always the same for the same piece, between -2 and 0, and without a meaning. */
export function logprobOf(piece: string, alternatives: number): JsonObject {
  const logprob = -(fingerprint(piece) % 2000) / 1000
  const own = tokenOf(piece, logprob)
  const others = Array.from({ length: Math.max(0, alternatives - 1) }, (_, at) =>
    // Each one less likely than the one before it.
    tokenOf(`${piece}${'?'.repeat(at + 1)}`, logprob - 2 * (at + 1)),
  )
  return { ...own, top_logprobs: alternatives === 0 ? [] : [own, ...others] }
}

function tokenOf(token: string, logprob: number): JsonObject {
  return { token, logprob, bytes: [...encoder.encode(token)] }
}

import type { UnsupportedFeatures } from '@interlingua/core'
import type { CohereParams } from './params.ts'

/** What Cohere accepts of each number: https://docs.cohere.com/reference/chat. */
const ranges = {
  temperature: [0, 1],
  topP: [0.01, 0.99],
  topK: [0, 500],
  frequencyPenalty: [0, 1],
  presencePenalty: [0, 1],
  priority: [0, 999],
  seed: [0, Number.MAX_SAFE_INTEGER],
} as const satisfies Partial<Record<keyof CohereParams, readonly [number, number]>>

const mostStopSequences = 5

/** The parameters within Cohere's limits. What Cohere would refuse is brought to the nearest limit, and told. */
export function withinLimits(params: CohereParams, unsupported: UnsupportedFeatures): CohereParams {
  const changes: { -readonly [Key in keyof CohereParams]: CohereParams[Key] } = {}
  for (const field of Object.keys(ranges) as (keyof typeof ranges)[]) {
    const value = params[field]
    const [least, most] = ranges[field]
    if (value === undefined || (value >= least && value <= most)) continue
    const nearest = value > most ? most : least
    changes[field] = nearest
    const problem = `Cohere accepts ${least} to ${most}, and this is ${value}`
    unsupported.add({ field, problem, instead: `${nearest} is sent` })
  }
  const { stop } = params
  if (stop && stop.length > mostStopSequences) {
    changes.stop = stop.slice(0, mostStopSequences)
    const problem = `Cohere accepts at most ${mostStopSequences}, and these are ${stop.length}`
    unsupported.add({ field: 'stop', problem, instead: `the first ${mostStopSequences} are sent` })
  }
  return { ...params, ...changes }
}

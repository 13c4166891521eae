import type { UnsupportedFeatures } from '@interlingua/core'
import type { CohereParams } from './params.ts'

/** What Cohere accepts of a number. */
interface Range {
  readonly least?: number
  readonly most?: number
  readonly isWhole?: boolean
  /** The range in words, where they are not made of the above. */
  readonly words?: string
}

type LimitedNumber =
  | 'temperature'
  | 'maxTokens'
  | 'topP'
  | 'topK'
  | 'frequencyPenalty'
  | 'presencePenalty'
  | 'priority'
  | 'seed'
  | 'maxInputTokens'
  | 'outputDimension'

/** What Cohere accepts of each number: https://docs.cohere.com/reference/chat. */
const ranges: Readonly<Record<LimitedNumber, Range>> = {
  temperature: { least: 0, most: 1 },
  maxTokens: { least: 1, isWhole: true },
  topP: { least: 0.01, most: 0.99 },
  topK: { least: 0, most: 500, isWhole: true },
  frequencyPenalty: { least: 0, most: 1 },
  presencePenalty: { least: 0, most: 1 },
  priority: { least: 0, most: 999, isWhole: true },
  seed: {
    least: 0,
    most: Number.MAX_SAFE_INTEGER,
    isWhole: true,
    words: `whole numbers from 0 to 2^64-1, of which JavaScript counts exactly up to ${Number.MAX_SAFE_INTEGER}`,
  },
  // v1's, and those of embeddings. No document has a limit for them.
  maxInputTokens: { isWhole: true },
  outputDimension: { isWhole: true },
}

const tokenBudget: Range = { least: 1, isWhole: true }

const mostStopSequences = 5

/** The parameters that have limits. */
export type LimitedParams = { readonly [Field in LimitedNumber]?: number | undefined } & Pick<
  CohereParams,
  'stop' | 'thinking'
>

/**
 * The parameters within Cohere's limits. What Cohere would refuse is brought to the nearest value that it takes, and told;
 * what is near to none, such as `NaN`, is left out.
 */
export function withinLimits<Params extends LimitedParams>(params: Params, unsupported: UnsupportedFeatures): Params {
  const changes: { -readonly [Field in keyof LimitedParams]: LimitedParams[Field] } = {}
  for (const field of Object.keys(ranges) as LimitedNumber[]) {
    const value = params[field]
    const limited = withinRange(value, ranges[field], field, unsupported)
    if (limited !== value) changes[field] = limited
  }
  const { stop, thinking } = params
  if (stop && stop.length > mostStopSequences) {
    changes.stop = stop.slice(0, mostStopSequences)
    const problem = `Cohere accepts at most ${mostStopSequences}, and these are ${stop.length}`
    unsupported.add({ field: 'stop', problem, instead: `the first ${mostStopSequences} are sent` })
  }
  if (thinking) {
    const budget = withinRange(thinking.tokenBudget, tokenBudget, 'thinking.tokenBudget', unsupported)
    changes.thinking = { ...thinking, tokenBudget: budget }
  }
  return { ...params, ...changes }
}

function withinRange(
  value: number | undefined,
  range: Range,
  field: string,
  unsupported: UnsupportedFeatures,
): number | undefined {
  if (value === undefined) return undefined
  const nearest = nearestIn(range, value)
  if (nearest === value) return value
  const problem = `Cohere accepts ${wordsFor(range)}, and this is ${String(value)}`
  unsupported.add({ field, problem, instead: nearest === undefined ? 'it is left out' : `${nearest} is sent` })
  return nearest
}

/** The nearest number within a range; `undefined` where there is none that JSON could say. */
function nearestIn({ least = -Infinity, most = Infinity, isWhole = false }: Range, value: unknown): number | undefined {
  if (typeof value !== 'number') return undefined
  const nearest = Math.min(Math.max(isWhole ? Math.round(value) : value, least), most)
  return Number.isFinite(nearest) ? nearest : undefined
}

function wordsFor({ least, most, isWhole = false, words }: Range): string {
  if (words !== undefined) return words
  const bounds = [least === undefined ? '' : `${least}`, most === undefined ? '' : `to ${most}`]
  if (!isWhole) return bounds.join(' ')
  return ['whole numbers', ...(least === undefined ? [] : ['from', ...bounds])].join(' ').trim()
}

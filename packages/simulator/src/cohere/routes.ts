import type { Clock } from '../pace.ts'
import type { Call, Reply, Route } from '../route.ts'
import { chat } from './chat.ts'
import { checkApiKey } from './check-api-key.ts'
import { embedAt } from './embed.ts'
import { refusal, type Problem } from './errors.ts'
import { getModel, listModels } from './list-models.ts'
import { Models } from './models.ts'
import { rerankAt } from './rerank.ts'
import { detokenizeText, tokenizeText } from './tokenize.ts'
import { TrialCounter, type CohereTrial } from './trial.ts'
import { chatV1 } from './v1/chat.ts'

export type { CohereTrial } from './trial.ts'

/** How the simulated service of Cohere differs from the usual one. */
export interface CohereOptions {
  /** Counts calls as for a trial key, refuses those above the limits, and tells the numbers in headers. */
  readonly trial?: CohereTrial
  /**
   * Models that are announced as deprecated by the header `x-api-warning`, with the date of their removal, such as
   * `{ 'command-r': 'September 15 2025' }`. Models that were removed since then answer again.
   */
  readonly deprecated?: Readonly<Record<string, string>>
}

type Answer = (call: Call, models: Models) => Reply

const endpoints: readonly (readonly [string, string, Answer])[] = [
  ['POST', '/v2/chat', chat],
  ['POST', '/v1/chat', chatV1],
  ['POST', '/v2/embed', embedAt(2)],
  ['POST', '/v1/embed', embedAt(1)],
  ['POST', '/v2/rerank', rerankAt(2)],
  ['POST', '/v1/rerank', rerankAt(1)],
  ['POST', '/v1/tokenize', tokenizeText],
  ['POST', '/v1/detokenize', detokenizeText],
  ['GET', '/v1/models', listModels],
  ['GET', '/v1/models/{model}', getModel],
  ['POST', '/v1/check-api-key', checkApiKey],
]

/** What the simulator has of Cohere's API. */
export function cohereRoutes(options: CohereOptions, clock: Clock): readonly Route[] {
  const models = new Models(options.deprecated)
  const trial = options.trial && new TrialCounter(options.trial, clock)
  return endpoints.map(([method, path, answer]) => ({
    method,
    path,
    answer: (call) => {
      const wrong = authProblem(call.headers)
      if (wrong) return refusal(call, wrong)
      const counted = trial?.count(path)
      if (counted?.problem) return refusal(call, counted.problem, counted.headers)
      const reply = answer(call, models)
      return counted && reply.status < 400 ? { ...reply, headers: { ...counted.headers, ...reply.headers } } : reply
    },
  }))
}

/** Any bearer token will do, but for the word `invalid`, which is there to see a refusal. */
function authProblem(headers: Headers): Problem | undefined {
  const token = headers
    .get('authorization')
    ?.replace(/^bearer\s*/i, '')
    .trim()
  if (!token) return { status: 401, message: 'no api key supplied' }
  return token === 'invalid' ? { status: 401, message: 'invalid api token' } : undefined
}

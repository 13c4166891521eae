import type { ConnectionSettings, ProviderUnderTest } from '@interlingua/conformance'
import { type InterlinguaError, isInterlinguaError, type Model } from '@interlingua/core'
import { createSimulator, type Simulator } from '@interlingua/simulator'
import type { Fault, Problem, Stage } from './fault.ts'
import { apiKey, showsKey } from './security-faults.ts'
import { wireOf } from './wire.ts'

/**
 * How a fault was dealt with. `silent`: a wrong or incomplete answer is taken for a right one. `hang`: nothing comes of it.
 * `weak`: an answer that could be had is refused, or the error says the wrong thing.
 */
export type Grade = 'pass' | 'weak' | 'silent' | 'hang'

export interface Verdict {
  readonly grade: Grade
  /** Why it is no `pass`. */
  readonly reason?: string
}

/** Much more than anything takes, on a machine that is busy with something else. */
const patienceMs = 20_000

/** Lets one fault happen to one target, over a real socket. */
export async function play(fault: Fault, provider: ProviderUnderTest): Promise<Verdict> {
  const scripts = [fault.scripts(wireOf(provider))].flat()
  const last = scripts.length - 1
  const simulator = createSimulator({ script: ({ index }) => scripts[Math.min(index, last)] })
  await using server = await simulator.listen()
  const createModel = (settings: Partial<ConnectionSettings>): Model =>
    provider.createModel({ apiKey, baseURL: server.url, retry: false, ...settings })
  let timer: ReturnType<typeof setTimeout> | undefined
  const hang = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve({ grade: 'hang', reason: hangOf(simulator) }), patienceMs)
  })
  const model = createModel(fault.settings ?? {})
  const stage: Stage = { provider, simulator, model, createModel, url: server.url }
  try {
    return await Promise.race([fault.play ? judgePlay(fault.play(stage)) : judge(fault, stage), hang])
  } finally {
    clearTimeout(timer)
  }
}

/** With what the server saw, by which one can tell whose fault it is. */
function hangOf({ requests }: Simulator): string {
  const seen = requests.map(({ bytesSent, ended }) => `${bytesSent} bytes sent, ${ended ?? 'still open'}`)
  return `nothing came of it in ${patienceMs / 1_000} s (requests: ${seen.join('; ') || 'none'})`
}

async function judgePlay(played: Promise<Problem>): Promise<Verdict> {
  try {
    const problem = await played
    return problem === undefined ? { grade: 'pass' } : weak(problem)
  } catch (error) {
    return weak(String(error))
  }
}

async function judge(fault: Fault, { model, simulator }: Stage): Promise<Verdict> {
  const { options = {}, text, codes = [], requests = 1 } = fault
  let outcome: { readonly content: string } | InterlinguaError
  try {
    outcome = await (fault.ask === 'call' ? model.call('Hi', options) : model.stream('Hi', options).response())
  } catch (error) {
    if (!isInterlinguaError(error)) return weak(`an error of another kind: ${String(error)}`)
    outcome = error
  }
  if (requests !== 'any' && simulator.requests.length !== requests) {
    return weak(`${simulator.requests.length} requests in place of ${requests}`)
  }
  if (!isInterlinguaError(outcome)) {
    if (text === undefined) return { grade: 'silent', reason: 'it ended as if nothing had happened' }
    return outcome.content === text
      ? { grade: 'pass' }
      : { grade: 'silent', reason: `another text: ${outcome.content.slice(0, 100)}` }
  }
  if (text !== undefined) return weak(`an answer that could be had is an error: ${outcome.message.slice(0, 200)}`)
  if (!codes.includes(outcome.code)) return weak(`code ${outcome.code} in place of ${codes.join(' or ')}`)
  if (outcome.provider === undefined || outcome.model === undefined) return weak('the error names no provider or model')
  const problem = showsKey(outcome) ?? fault.error?.(outcome)
  return problem === undefined ? { grade: 'pass' } : weak(problem)
}

function weak(reason: string): Verdict {
  return { grade: 'weak', reason }
}

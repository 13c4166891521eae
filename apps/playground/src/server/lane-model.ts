import {
  type CallOptions,
  fallback,
  InterlinguaError,
  isObject,
  type Model,
  override,
  type ProviderTypes,
} from '@interlingua/core'
import { createSimulator, type SimulatorOptions } from '@interlingua/simulator'
import type { RunRequest } from '../protocol.ts'
import { noFault, type Target } from '../setup.ts'
import { faultScripts } from '../fault-script.ts'
import type { Keys } from './keys.ts'
import { type Provider, providerOf } from './providers.ts'

/** What the playground's models are made with. */
export interface Connections {
  readonly keys: Keys
  /** What the simulator is given beside pace and faults. */
  readonly simulator: SimulatorOptions
  /** What reaches the providers. */
  readonly fetch: typeof globalThis.fetch
}

/** Who answers a lane. */
export interface LaneModel {
  readonly model: Model
  readonly provider: Provider
  readonly simulated: boolean
  /** In words. */
  readonly answering: string
}

/** What lies between a model and the network, to see what goes through. */
export type Tap = (fetch: typeof globalThis.fetch) => Promise<typeof globalThis.fetch>

/** The model that a lane asks: with its own parameters, its fault, and what is done about failures. */
export async function laneModel(request: RunRequest, connections: Connections, tap: Tap): Promise<LaneModel> {
  const first = await targetModel(request, request, connections, tap)
  if (request.recovery !== 'fallback') return first
  const next = { ...request, ...request.fallback, extra: {}, fault: noFault }
  const second = await targetModel(request.fallback, next, connections, tap)
  return { ...first, model: fallback([first.model, second.model]) }
}

async function targetModel(
  target: Target,
  request: RunRequest,
  connections: Connections,
  tap: Tap,
): Promise<LaneModel> {
  const provider = providerOf(target.provider)
  if (!provider) throw refusal('provider', `there is no provider ${JSON.stringify(target.provider)}.`)
  const simulated = request.answering === 'simulator'
  const reach = simulated ? simulatorReach(provider, request, connections) : providerReach(provider, connections)
  const model = provider.create({ ...reach, fetch: await tap(reach.fetch) })(target.model)
  const variable = connections.keys.variableOf(provider)
  const who = variable ? `${provider.name}, with the key in ${variable}` : `${provider.name}, on this machine`
  return {
    model: override(model, optionsOf(request, provider)),
    provider,
    simulated,
    answering: simulated ? `the simulator, in place of ${provider.name}` : who,
  }
}

/** Servers on this machine, which a simulator knows by neither host nor path. */
const localDialects = ['ollama', 'llamacpp', 'vllm'] as const

function simulatorReach({ id }: Provider, { pace, fault }: RunRequest, { simulator }: Connections) {
  const dialect = localDialects.find((name) => name === id)
  const firstTokenMs = Math.max(0, pace.firstTokenMs)
  const { tokensPerSecond } = pace
  const { fetch } = createSimulator({
    ...(tokensPerSecond > 0 && { pace: { firstTokenMs, tokensPerSecond, jitter: 0.4 } }),
    ...(dialect && { openai: { dialect } }),
    ...simulator,
    scripts: [...faultScripts(fault), ...(simulator.scripts ?? [])],
  })
  return { apiKey: 'simulator', fetch }
}

function providerReach(provider: Provider, { keys, fetch }: Connections) {
  const apiKey = keys.keyOf(provider)
  if (apiKey !== undefined) return { apiKey, fetch }
  if (provider.variables.length === 0) return { fetch }
  const message = `there is no key for ${provider.name}: set ${provider.variables.join(' or ')} and start the playground again.`
  throw new InterlinguaError({ code: 'authentication', message, provider: provider.id })
}

/** Where a request goes, what it carries, and when it is given up are the server's to say. */
const ownOptions = new Set(['headers', 'signal', 'timeout', 'retry', 'metadata', 'partialTools'])

function optionsOf({ options, extra }: RunRequest, { jsonFormat }: Provider): CallOptions<ProviderTypes> {
  const foreign = Object.keys({ ...options, ...extra }).find((name) => ownOptions.has(name))
  if (foreign) throw refusal(foreign, `\`${foreign}\` is no parameter of a model.`)
  const { schema, ...rest } = options
  return {
    ...rest,
    ...(isObject(schema) && { responseFormat: { type: jsonFormat, jsonSchema: schema } }),
    ...extra,
  }
}

function refusal(field: string, message: string): InterlinguaError {
  return new InterlinguaError({ code: 'invalid_request', message, field })
}

import { faultScripts } from './fault-script.ts'
import { literal, Source } from './program-literal.ts'
import type { RunRequest } from './protocol.ts'
import type { FaultSetup, PaceSetup, Target } from './setup.ts'

/** How a provider is made in a program. */
interface ProviderCode {
  readonly create: 'createCohere' | 'createOpenAI'
  readonly options: Readonly<Record<string, string>>
  /** The simulator's name for a server that it cannot tell by its address. */
  readonly local?: string
}

function codeOf(id: string): ProviderCode {
  if (id === 'cohere') return { create: 'createCohere', options: {} }
  if (id === 'cohere-v1') return { create: 'createCohere', options: { api: 'v1' } }
  if (id === 'openai') return { create: 'createOpenAI', options: {} }
  if (id === 'openai-chat') return { create: 'createOpenAI', options: { api: 'chat' } }
  const isLocal = ['ollama', 'llamacpp', 'vllm'].includes(id)
  return { create: 'createOpenAI', options: { dialect: id }, ...(isLocal && { local: id }) }
}

/** A program that asks what lanes asked, by their letters: it runs with Node, in a folder where the packages are. */
export function exportProgram(lanes: ReadonlyMap<string, RunRequest>): string {
  const requests = [...lanes.values()]
  const handingOff = requests.filter(({ recovery }) => recovery === 'fallback')
  const targets: readonly Target[] = [...requests, ...handingOff.map(({ fallback }) => fallback)]
  const makers = new Set(targets.map(({ provider }) => codeOf(provider).create))
  const hasOwnOptions = handingOff.some((request) =>
    [request, request.fallback].some(({ provider }) => Object.keys(ownOptions(provider, request)).length > 0),
  )
  const simulated = requests.some(({ answering }) => answering === 'simulator')
  const code = [...lanes].flatMap(([letter, request]) => laneCode(letter, request))
  const wrappers = [...(handingOff.length > 0 ? ['fallback'] : []), ...(hasOwnOptions ? ['override'] : [])]
  const fromCore = [...wrappers, 'isInterlinguaError', 'type Message', 'type ProviderTypes', 'type StreamOf']
  return [
    "import process from 'node:process'",
    ...(makers.has('createCohere') ? ["import { createCohere } from '@interlingua/cohere'"] : []),
    `import { ${fromCore.join(', ')} } from '@interlingua/core'`,
    ...(makers.has('createOpenAI') ? ["import { createOpenAI } from '@interlingua/openai'"] : []),
    ...(simulated ? ["import { createSimulator } from '@interlingua/simulator'"] : []),
    '',
    ...code,
    printer,
    '',
    ...[...lanes].map(
      ([letter, { provider, model }]) => `await print(${literal(`${letter}: ${provider}, ${model}`)}, lane${letter}())`,
    ),
    '',
  ].join('\n')
}

function laneCode(letter: string, request: RunRequest): string[] {
  const { recovery, fallback, messages, options, fault } = request
  const { schema: _schema, documents: _documents, ...neutral } = options
  const own = ownOptions(request.provider, request)
  const first = modelCode(request, request, fault)
  const model = recovery === 'fallback' ? [withOptions(first, own), reserveCode(fallback, request)] : [first]
  const callOptions = {
    ...neutral,
    ...(recovery !== 'fallback' && own),
    ...(fault.kind === 'stall' && { timeout: { firstByteMs: 3000, idleMs: 3000 } }),
    retry: recovery === 'retry' ? { attempts: 3 } : false,
  }
  return [
    `const model${letter} = ${model.length > 1 ? `fallback([\n${model.map((each) => `  ${each},\n`).join('')}])` : model.join('')}`,
    '',
    `function lane${letter}() {`,
    `  const messages: Message[] = ${literal([...messages], 1)}`,
    `  return model${letter}.stream(messages, ${literal(callOptions, 1)})`,
    '}',
    '',
  ]
}

function reserveCode(target: Target, request: RunRequest): string {
  const next = { ...request, extra: {} }
  return withOptions(modelCode(target, next, undefined), ownOptions(target.provider, next))
}

function withOptions(model: string, options: Readonly<Record<string, unknown>>): string {
  return Object.keys(options).length > 0 ? `override(${model}, ${literal(options, 1)})` : model
}

function modelCode(target: Target, request: RunRequest, fault: FaultSetup | undefined): string {
  const { create, options, local } = codeOf(target.provider)
  const simulator = request.answering === 'simulator' && simulatorCode(request.pace, fault, local)
  const all = {
    ...options,
    ...(simulator !== false && { apiKey: 'simulator', fetch: new Source(`${simulator}.fetch`) }),
  }
  const made = `${create}(${Object.keys(all).length > 0 ? literal(all) : ''})`
  return `${made}(${literal(target.model)})`
}

function simulatorCode(
  { firstTokenMs, tokensPerSecond }: PaceSetup,
  fault: FaultSetup | undefined,
  dialect?: string,
): string {
  const options = {
    ...(tokensPerSecond > 0 && { pace: { firstTokenMs, tokensPerSecond } }),
    ...(fault && fault.kind !== 'none' && { scripts: faultScripts(fault) }),
    ...(dialect !== undefined && { openai: { dialect } }),
  }
  return `createSimulator(${Object.keys(options).length > 0 ? literal(options) : ''})`
}

/** What is in the provider's words. Documents are left out where it has no place for them, as a warning of the lane says. */
function ownOptions(provider: string, { options, extra }: RunRequest): Readonly<Record<string, unknown>> {
  const { schema, documents } = options
  const isCohere = provider.startsWith('cohere')
  return {
    ...(documents && isCohere && { documents }),
    ...(schema && { responseFormat: { type: isCohere ? 'json_object' : 'json_schema', jsonSchema: schema } }),
    ...extra,
  }
}

const printer = `async function print(name: string, stream: StreamOf<ProviderTypes>): Promise<void> {
  console.log(\`\\n\${name}\\n\`)
  try {
    for await (const [chunk] of stream) {
      if (chunk.deltas.some(({ type }) => type === 'hand-off')) console.log('\\n(another model takes over)\\n')
      process.stdout.write(chunk.content)
    }
    const { toolCalls, finishReason, usage, cost, warnings } = await stream.response()
    for (const { name: tool, raw } of toolCalls) console.log(\`\${tool}(\${raw})\`)
    console.log('\\n\\n', { finishReason, usage, usd: cost && cost.nanoUsd / 1e9, warnings })
  } catch (error) {
    if (!isInterlinguaError(error)) throw error
    console.log(\`\\n\${error.code}: \${error.message}\`)
  }
}`

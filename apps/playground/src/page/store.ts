import type { Message } from '@interlingua/core'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { ProviderState, ServerState } from '../protocol.ts'
import { firstMessages, runRequest, SetupProblem } from '../run-request.ts'
import { fewestLanes, firstSetup, type LaneSetup, mostLanes, newLane, type Setup, type Target } from '../setup.ts'
import { Lane } from './lane.ts'
import { fetchState } from './run-client.ts'
import type { Turn } from './turn.ts'

export const setup: Signal<Setup> = signal(firstSetup)
export const lanes: Signal<readonly Lane[]> = signal(firstSetup.lanes.map(() => new Lane()))
export const server: Signal<ServerState | undefined> = signal<ServerState | undefined>(undefined)
/** Whether the playground's own server answers. */
export const connection: Signal<'loading' | 'here' | 'gone'> = signal<'loading' | 'here' | 'gone'>('loading')
/** What is wrong with the setup. */
export const problem: Signal<SetupProblem | undefined> = signal<SetupProblem | undefined>(undefined)
/** The lane that the inspector shows. */
export const inspected: Signal<Lane | undefined> = signal<Lane | undefined>(undefined)
/** What a screen reader is told. */
export const announcement: Signal<string> = signal('')
export const exporting: Signal<boolean> = signal(false)
/** Whether a lane is running. */
export const isRunning: ReadonlySignal<boolean> = computed(() => lanes.value.some((lane) => lane.isRunning))

export function change(changes: Partial<Setup>): void {
  setup.value = { ...setup.value, ...changes }
  problem.value = undefined
}

export function changeLane(index: number, changes: Partial<LaneSetup>): void {
  change({ lanes: setup.value.lanes.map((lane, at) => (at === index ? { ...lane, ...changes } : lane)) })
}

/** Chooses a provider, its first model, and itself to answer where it can be asked. */
export function chooseProvider(index: number, id: string): void {
  const provider = providerOf(id)
  const answering = provider?.keyFrom ? 'provider' : 'simulator'
  changeLane(index, { provider: id, model: provider?.models[0] ?? '', answering, extra: '' })
}

export function addLane(): void {
  if (lanes.value.length >= mostLanes) return
  const used = new Set(setup.value.lanes.map(({ provider }) => provider))
  const provider = server.value?.providers.find(({ id }) => !used.has(id))
  const target: Target = { provider: provider?.id ?? 'cohere', model: provider?.models[0] ?? 'command-a-03-2025' }
  change({ lanes: [...setup.value.lanes, newLane(target, provider?.keyFrom ? 'provider' : 'simulator')] })
  lanes.value = [...lanes.value, new Lane()]
}

export function removeLane(index: number): void {
  if (lanes.value.length <= fewestLanes) return
  const lane = lanes.value[index]
  lane?.stop()
  if (inspected.value === lane) inspected.value = undefined
  change({ lanes: setup.value.lanes.filter((_, at) => at !== index) })
  lanes.value = lanes.value.filter((_, at) => at !== index)
}

/** Takes a whole setup over, and forgets what was said. */
export function load(next: Setup): void {
  stopAll()
  inspected.value = undefined
  problem.value = undefined
  lanes.value = next.lanes.map(() => new Lane())
  setup.value = next
}

export async function runAll(): Promise<void> {
  problem.value = undefined
  try {
    const messages = firstMessages(setup.value)
    const requests = setup.value.lanes.map((lane) => runRequest(setup.value, lane, messages))
    announcement.value = `${requests.length} lanes are running.`
    showLanes()
    const runs = requests.map((request, index) => start(index, request, []))
    await Promise.all(runs)
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    problem.value = error
    announcement.value = `${error.place}: ${error.message}`
  }
}

/** On a narrow screen the answers are below what is asked. */
function showLanes(): void {
  if (matchMedia('(width <= 860px)').matches) document.querySelector('#lanes')?.scrollIntoView({ behavior: 'smooth' })
}

/** Goes on with a lane's conversation, with its model of now, which may be another one than before. */
export async function continueLane(index: number, added: readonly Message[]): Promise<void> {
  const lane = lanes.value[index]
  const laneSetup = setup.value.lanes[index]
  const history = lane?.turn?.history
  if (!lane || !laneSetup || !history) return
  try {
    await start(index, runRequest(setup.value, laneSetup, [...history, ...added]), lane.turns.value)
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    lane.problem.value = `${error.place}: ${error.message}`
  }
}

async function start(index: number, request: ReturnType<typeof runRequest>, before: readonly Turn[]): Promise<void> {
  const lane = lanes.value[index]
  if (!lane) return
  const turn = await lane.run(request, before, () => (connection.value = 'gone'))
  const { status, outputTokens, failure } = turn.live
  const name = `Lane ${letterOf(index)}`
  announcement.value =
    status === 'failed'
      ? `${name} failed: ${failure?.message ?? ''}`
      : `${name} ${status === 'stopped' ? 'was stopped' : 'is done'}, ${outputTokens.count} tokens.`
  if (connection.value === 'gone') void reconnect()
}

export function stopAll(): void {
  for (const lane of lanes.value) lane.stop()
}

export function letterOf(index: number): string {
  return 'ABCD'[index] ?? ''
}

export function providerOf(id: string): ProviderState | undefined {
  return server.value?.providers.find((provider) => provider.id === id)
}

/** Looks for the server until it is there. */
export async function reconnect(): Promise<void> {
  for (;;) {
    try {
      server.value = await fetchState()
      connection.value = 'here'
      return
    } catch {
      connection.value = 'gone'
      await new Promise((resolve) => setTimeout(resolve, 1500))
    }
  }
}

/** At first, whoever has a key answers. */
export function preferProviders(): void {
  const next = setup.value.lanes.map((lane): LaneSetup => {
    const hasKey = providerOf(lane.provider)?.keyFrom !== undefined
    return hasKey ? { ...lane, answering: 'provider' } : lane
  })
  setup.value = { ...setup.value, lanes: next }
}

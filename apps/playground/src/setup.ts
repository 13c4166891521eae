/** What the page is set up to ask, and whom. It holds no key, so that it may stand in a URL. */
export interface Setup {
  readonly system: string
  readonly prompt: string
  /** Addresses of images: `https:`, or `data:` for files. */
  readonly images: readonly string[]
  readonly documents: readonly DocumentSetup[]
  readonly tools: readonly ToolSetup[]
  /** A JSON Schema as it is typed in; `''` for none. */
  readonly schema: string
  readonly params: ParamsSetup
  readonly pace: PaceSetup
  /** Two to four of them. */
  readonly lanes: readonly LaneSetup[]
}

export interface DocumentSetup {
  readonly id: string
  readonly title: string
  readonly text: string
}

export interface ToolSetup {
  readonly name: string
  readonly description: string
  /** A JSON Schema as it is typed in. */
  readonly parameters: string
  /** What the tool is said to have given back, where the model calls it. */
  readonly result: string
}

/** The neutral parameters; what is left out is the provider's default. */
export interface ParamsSetup {
  readonly temperature?: number
  readonly maxTokens?: number
  readonly topP?: number
  readonly topK?: number
  readonly frequencyPenalty?: number
  readonly presencePenalty?: number
  readonly seed?: number
  readonly stop?: readonly string[]
  readonly toolChoice?: 'auto' | 'required' | 'none'
}

/** How fast the simulator answers. */
export interface PaceSetup {
  readonly firstTokenMs: number
  /** 0 for as fast as possible. */
  readonly tokensPerSecond: number
}

/** Which model of which provider. */
export interface Target {
  readonly provider: string
  readonly model: string
}

export interface LaneSetup extends Target {
  /** Whether the provider itself is asked, or the simulator of it. */
  readonly answering: 'provider' | 'simulator'
  /** The provider's own parameters, as JSON that is typed in; `''` for none. */
  readonly extra: string
  readonly fault: FaultSetup
  readonly recovery: 'none' | 'retry' | 'fallback'
  /** Who is asked next, where `recovery` is `fallback`. */
  readonly fallback: Target
}

export type FaultKind = 'none' | 'rate-limit' | 'overloaded' | 'cut' | 'reset' | 'stall'

/** What the simulator does wrong. */
export interface FaultSetup {
  readonly kind: FaultKind
  /** After how many bytes of the body, where the fault is in the body. */
  readonly afterBytes: number
  /** Of how many requests; 0 for all of them. */
  readonly times: number
}

export const mostLanes = 4
export const fewestLanes = 2

export const noFault: FaultSetup = { kind: 'none', afterBytes: 400, times: 1 }

/** A lane that asks a model for the first time. */
export function newLane(target: Target, answering: LaneSetup['answering'] = 'simulator'): LaneSetup {
  const fallback = { provider: 'openai', model: 'gpt-5-mini' }
  return { ...target, answering, extra: '', fault: noFault, recovery: 'none', fallback }
}

/** What the page is set up for at first. */
export const firstSetup: Setup = {
  system: '',
  prompt: 'Recommend three fantasy books, and say in a sentence why.',
  images: [],
  documents: [],
  tools: [],
  schema: '',
  params: {},
  pace: { firstTokenMs: 350, tokensPerSecond: 40 },
  lanes: [
    newLane({ provider: 'cohere', model: 'command-a-03-2025' }),
    newLane({ provider: 'openai', model: 'gpt-5-mini' }),
  ],
}

import type { Cost } from './cost.ts'
import type { RunToolsOptions } from './tool-runner.ts'
import type { ToolResult } from './tool-result.ts'
import type { ProviderTypes } from './types.ts'
import type { Usage } from './usage.ts'

/** One step of a run: an answer, and the tools that it asked for. */
export interface RunStep<T extends ProviderTypes = ProviderTypes> {
  /** The number of the step, from 0. */
  readonly index: number
  readonly response: T['Response']
  /** What came of the tool calls, in their order. */
  readonly toolResults: readonly ToolResult[]
}

/**
 * Why a run ended.
 *
 * - `finished`: the model answered without asking for tools
 * - `max_steps`: it had taken as many steps as it may, and the model still asks for tools
 * - `stop_when`: the caller's `stopWhen` said so
 * - `tool_without_run`: the model asks for a tool that has no `run`, whose result is the caller's to give
 */
export type StopReason = 'finished' | 'max_steps' | 'stop_when' | 'tool_without_run'

/** What several requests cost together. */
export interface TotalCost {
  /** The sum, in whole nano-USD (10⁻⁹ USD). */
  readonly nanoUsd: number
  /** What each request cost. */
  readonly costs: readonly Cost[]
}

/** What a run has come to, at any moment. */
export interface RunSoFar<T extends ProviderTypes = ProviderTypes> {
  /** The latest answer; `undefined` where there was none. */
  readonly response: T['Response'] | undefined
  /** Every step; of one that was not completed, as much as there is. */
  readonly steps: readonly RunStep<T>[]
  /** The whole conversation, with answers and tool results. */
  readonly messages: readonly T['Message'][]
  /** The tokens of all steps together; a bucket that one of them did not report is absent. */
  readonly usage: Usage
  /** The cost of all steps together; `undefined` where that of one of them is unknown. */
  readonly cost: TotalCost | undefined
}

/** What a run has come to in the end. Its `messages` can be sent on. */
export interface RunResult<T extends ProviderTypes = ProviderTypes> extends RunSoFar<T> {
  readonly response: T['Response']
  readonly stopReason: StopReason
}

/** How a run goes about it. */
export interface RunOptions<
  T extends ProviderTypes = ProviderTypes,
  Context = unknown,
> extends RunToolsOptions<Context> {
  /** The most steps to take; the tools of the last one are run too. Default: 10. */
  readonly maxSteps?: number
  /** Ends the run after a step. Is asked only where the run would go on. */
  readonly stopWhen?: (step: RunStep<T>, steps: readonly RunStep<T>[]) => boolean | PromiseLike<boolean>
  /** Is told each step when it is complete; the next one waits for it. What it throws ends the run. */
  readonly onStep?: (step: RunStep<T>) => void | PromiseLike<void>
  /** Whether a streamed run starts a tool the moment its arguments are complete. Default: when the answer is. */
  readonly eagerTools?: boolean
}

/** The options of a run, which may be left out where no tool needs a context. */
export type RunArguments<T extends ProviderTypes, Context> = unknown extends Context
  ? [options?: RunOptions<T>]
  : [options: RunOptions<T, Context> & { readonly context: Context }]

/** What happens in a streamed run. */
export type RunEvent<T extends ProviderTypes = ProviderTypes> =
  /** A chunk of an answer, beside the tool call that it completed. */
  | { readonly type: 'chunk'; readonly step: number; readonly chunk: T['Chunk']; readonly tool: T['Tool'] | undefined }
  /** A tool has ended. */
  | { readonly type: 'tool-result'; readonly step: number; readonly result: ToolResult }
  /** An answer is complete, and its tools have ended. */
  | { readonly type: 'step'; readonly step: RunStep<T> }

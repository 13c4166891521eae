import { InterlinguaError } from './error.ts'
import type { RunToolOptions } from './run-tool.ts'
import { isRunnable } from './runnable-tool.ts'
import type { ToolCall, ToolDefinition } from './tool.ts'
import { executeTool } from './tool-execution.ts'
import type { ToolResult } from './tool-result.ts'

/** How several tools are run. */
export interface RunToolsOptions<Context = unknown> extends RunToolOptions<Context> {
  /** How many tools run at the same time; 1 for one after the other. Default: all of them. */
  readonly toolConcurrency?: number
  /** Is told each result as soon as it is there. */
  readonly onToolResult?: (result: ToolResult) => void
}

interface Started {
  readonly toolCall: ToolCall
  readonly running: Promise<ToolResult>
  result?: ToolResult
}

/** Runs tool calls as they come in, so many of them at a time. */
export class ToolRunner {
  readonly #tools: readonly ToolDefinition[]
  readonly #options: RunToolsOptions
  readonly #concurrency: number
  readonly #started: Started[] = []
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(tools: readonly ToolDefinition[], options: RunToolsOptions) {
    const { toolConcurrency = Number.POSITIVE_INFINITY } = options
    if (!(toolConcurrency >= 1)) {
      const message = `toolConcurrency is ${toolConcurrency}, and has to be at least 1.`
      throw new InterlinguaError({ code: 'invalid_request', message, field: 'toolConcurrency' })
    }
    this.#tools = tools
    this.#options = options
    this.#concurrency = toolConcurrency
  }

  /** The results that are there, in the order in which their tools were started. */
  get results(): readonly ToolResult[] {
    return this.#started.flatMap(({ result }) => result ?? [])
  }

  /** Whether there is something to run: a call of a tool without a `run` is the caller's to answer. */
  canRun({ name }: ToolCall): boolean {
    const tool = this.#tools.find((each) => each.name === name)
    return tool === undefined || isRunnable(tool)
  }

  /** Runs a call as soon as its turn has come, without waiting for it. */
  start(toolCall: ToolCall): void {
    void this.#start(toolCall)
  }

  /**
   * Runs calls, but for those that have been started and those that cannot be run. Waits until all have ended, and gives
   * the results in the order of the calls.
   */
  async runAll(toolCalls: readonly ToolCall[]): Promise<ToolResult[]> {
    const early = [...this.#started]
    const runs = toolCalls
      .filter((toolCall) => this.canRun(toolCall))
      .map(async (toolCall) => {
        const at = early.findIndex((each) => isSame(each.toolCall, toolCall))
        const [started = this.#start(toolCall)] = at === -1 ? [] : early.splice(at, 1)
        return answering(toolCall, await started.running)
      })
    const settled = await Promise.allSettled(runs)
    return settled.map((each) => {
      if (each.status === 'rejected') throw each.reason
      return each.value
    })
  }

  #start(toolCall: ToolCall): Started {
    const started: Started = { toolCall, running: this.#run(toolCall, (result) => (started.result = result)) }
    this.#started.push(started)
    // Whoever waits for it is told; that nobody does yet is no reason to end the process.
    started.running.catch(() => {})
    return started
  }

  async #run(toolCall: ToolCall, keep: (result: ToolResult) => void): Promise<ToolResult> {
    if (this.#running >= this.#concurrency) {
      // Whoever ends hands its place over, so that the number of places taken stays the same.
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      this.#running++
    }
    try {
      const result = await executeTool(toolCall, this.#tools, this.#options)
      keep(result)
      this.#options.onToolResult?.(result)
      return result
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}

/** A tool that was started early ran for the call of the stream, which is the same call as that of the response. */
function answering(toolCall: ToolCall, result: ToolResult): ToolResult {
  return { ...result, toolCall }
}

function isSame(one: ToolCall, other: ToolCall): boolean {
  return one.id === other.id && one.name === other.name && one.raw === other.raw
}

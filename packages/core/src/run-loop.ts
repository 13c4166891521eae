import { Cancellation } from './cancellation.ts'
import { conversationAfter, optionsAfter, setContinuation } from './continuation.ts'
import type { Cost } from './cost.ts'
import { InterlinguaError } from './error.ts'
import type { Model } from './model.ts'
import type { Prompt } from './prompt.ts'
import type { RunEvent, RunOptions, RunResult, RunSoFar, RunStep, StopReason, TotalCost } from './run.ts'
import type { ToolRunner } from './tool-runner.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import { sumUsage } from './usage.ts'
import { withoutUndefined } from './without-undefined.ts'

const defaultMaxSteps = 10

/** What a run is made of. */
export interface RunDefinition<T extends ProviderTypes> {
  readonly model: Model<T>
  readonly prompt: Prompt<T>
  readonly callOptions: CallOptions<T>
  readonly options: RunOptions<T>
  readonly isStreamed: boolean
}

/** Asks a model, runs the tools that it asks for, and asks it again with their results, until it asks for none. */
export class RunLoop<T extends ProviderTypes> {
  readonly #definition: RunDefinition<T>
  readonly #cancellation: Cancellation
  readonly #steps: RunStep<T>[] = []
  /** The answer of the step that is under way, as far as it has come. */
  #answer: (() => T['Response'] | undefined) | undefined
  #runner: ToolRunner | undefined
  /** The model that is asked: the prompt may name another one. */
  #model: Model<T>
  #arrived: RunEvent<T>[] = []
  #wake: (() => void) | undefined

  constructor(definition: RunDefinition<T>) {
    const { maxSteps = defaultMaxSteps, signal = definition.callOptions.signal } = definition.options
    if (!(maxSteps >= 1)) {
      const message = `maxSteps is ${maxSteps}, and has to be at least 1.`
      throw new InterlinguaError({ code: 'invalid_request', message, field: 'maxSteps' })
    }
    this.#definition = definition
    this.#model = definition.model
    this.#cancellation = new Cancellation(signal)
  }

  /** What the run has come to. */
  get soFar(): RunSoFar<T> {
    const response = this.#answer?.()
    // Without headers there was no answer, and nothing that could count as a step.
    const open = response?.timings.headersMs !== undefined && {
      index: this.#steps.length,
      response,
      toolResults: this.#runner?.results ?? [],
    }
    return sumUp(open ? [...this.#steps, open] : [...this.#steps])
  }

  /** Closes the connection and stops the tools at once. */
  cancel(reason?: unknown): void {
    this.#cancellation.abort(reason)
  }

  /** Runs, and tells everything as it happens. Nothing happens before it is read. */
  async *events(): AsyncGenerator<RunEvent<T>, RunResult<T>> {
    const { options } = this.#definition
    try {
      let [next, nextOptions] = await this.#begin()
      for (;;) {
        const step = yield* this.#step(next, nextOptions)
        await options.onStep?.(step)
        yield { type: 'step', step }
        const stopReason = await this.#stopReasonAfter(step)
        if (stopReason) return { ...sumUp(this.#steps), response: step.response, stopReason }
        next = conversationAfter(
          step.response,
          step.toolResults.map(({ message }) => message),
        )
        nextOptions = optionsAfter(nextOptions)
      }
    } catch (error) {
      if (error instanceof InterlinguaError) {
        error.run = this.soFar
        error.partial ??= error.run.response
      }
      throw error
    } finally {
      // Where the caller has left, this stops what is still under way.
      this.#cancellation.abort(new DOMException('The run has ended.', 'AbortError'))
    }
  }

  /** What is asked first. What the prompt says of the call holds for every step. */
  async #begin(): Promise<[Prompt<T>, CallOptions<T>]> {
    const { model, prompt, callOptions } = this.#definition
    const options: CallOptions<T> = { ...callOptions, signal: this.#cancellation.signal }
    const { resolvePrompt } = await import('./prompt-resolution.ts')
    const asked = await resolvePrompt<T>(model, prompt, options, this.#cancellation)
    this.#model = asked.model
    return [asked.prompt, asked.options]
  }

  async *#step(prompt: Prompt<T>, options: CallOptions<T>): AsyncGenerator<RunEvent<T>, RunStep<T>> {
    const index = this.#steps.length
    const { context, toolTimeoutMs, toolConcurrency, onToolResult } = this.#definition.options
    const { ToolRunner } = await import('./tool-runner.ts')
    const runner = new ToolRunner(options.tools ?? [], {
      context,
      signal: this.#cancellation.signal,
      ...(toolTimeoutMs !== undefined && { toolTimeoutMs }),
      ...(toolConcurrency !== undefined && { toolConcurrency }),
      onToolResult: (result) => {
        this.#tell({ type: 'tool-result', step: index, result })
        onToolResult?.(result)
      },
    })
    this.#runner = runner
    const response = yield* this.#ask(prompt, options, runner)
    this.#setContinuation(response, options)
    this.#answer = () => response
    let ended = false
    const running = runner.runAll(response.toolCalls).finally(() => {
      ended = true
      this.#wake?.()
    })
    running.catch(() => {})
    for (;;) {
      yield* this.#arrived.splice(0)
      if (ended) break
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    const step = { index, response, toolResults: await running }
    this.#steps.push(step)
    this.#answer = undefined
    return step
  }

  async *#ask(
    prompt: Prompt<T>,
    options: CallOptions<T>,
    runner: ToolRunner,
  ): AsyncGenerator<RunEvent<T>, T['Response']> {
    const model = this.#model
    const {
      isStreamed,
      options: { eagerTools },
    } = this.#definition
    if (!isStreamed) {
      try {
        return await model.call(prompt, options)
      } catch (error) {
        this.#answer = () => (error instanceof InterlinguaError ? error.partial : undefined)
        throw error
      }
    }
    const step = this.#steps.length
    const stream = model.stream(prompt, options)
    this.#answer = () => stream.partial
    for await (const [chunk, tool] of stream) {
      if (eagerTools && tool && tool.delta === undefined && runner.canRun(tool)) runner.start(tool)
      yield { type: 'chunk', step, chunk, tool }
      yield* this.#arrived.splice(0)
    }
    return stream.response()
  }

  /** A response outlives the run, so that it is resumed under the caller's signal and not the run's. */
  #setContinuation(response: T['Response'], options: CallOptions<T>): void {
    const { callOptions } = this.#definition
    const { signal = callOptions.signal } = this.#definition.options
    setContinuation<ProviderTypes>(response, { model: this.#model, options: withoutUndefined({ ...options, signal }) })
  }

  #tell(event: RunEvent<T>): void {
    // Nobody reads the events of a run that is not streamed.
    if (this.#definition.isStreamed) this.#arrived.push(event)
    this.#wake?.()
  }

  async #stopReasonAfter(step: RunStep<T>): Promise<StopReason | undefined> {
    const { maxSteps = defaultMaxSteps, stopWhen } = this.#definition.options
    const { toolCalls } = step.response
    if (toolCalls.length === 0) return 'finished'
    if (step.toolResults.length < toolCalls.length) return 'tool_without_run'
    if (await stopWhen?.(step, this.#steps)) return 'stop_when'
    return this.#steps.length >= maxSteps ? 'max_steps' : undefined
  }
}

function sumUp<T extends ProviderTypes>(steps: readonly RunStep<T>[]): RunSoFar<T> {
  const last = steps.at(-1)
  return {
    response: last?.response,
    steps: [...steps],
    messages: last
      ? [...last.response.messages, last.response.message, ...last.toolResults.map(({ message }) => message)]
      : [],
    usage: sumUsage(steps.map(({ response }) => response.usage)),
    cost: sumCosts(steps.map(({ response }) => response.cost)),
  }
}

function sumCosts(all: readonly (Cost | undefined)[]): TotalCost | undefined {
  const costs = all.flatMap((cost) => cost ?? [])
  if (costs.length === 0 || costs.length < all.length) return undefined
  return { nanoUsd: costs.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0), costs }
}

import { type Continuation, setContinuation } from './continuation.ts'
import { InterlinguaError, isInterlinguaError } from './error.ts'
import { type FailedAttempt, failedAttempt, noteFailedAttempts, withFailedAttempts } from './failed-attempt.ts'
import type { Message } from './message.ts'
import type { Model } from './model.ts'
import type { OutputPlan } from './output-plan.ts'
import type { OutputFailure, OutputReading } from './output-reading.ts'
import { changed, withoutOutput } from './output-response.ts'
import type { BaseCallResponse } from './response.ts'

/** What an output is read with, and corrected. */
export interface OutputAttempts {
  readonly model: Model
  readonly plan: OutputPlan
  readonly read: (response: BaseCallResponse) => Promise<OutputReading>
  /** How many corrections may be asked for. */
  readonly repairs: number
  /** How the response is resumed. */
  readonly continuation: Continuation
  readonly signal?: AbortSignal | undefined
}

/** An answer with its output. */
export interface Settled {
  readonly response: BaseCallResponse
  /** The output before the schema changed it; absent where the caller's tools come first. */
  readonly written?: unknown
  /** Whether it is not what the first answer says. */
  readonly isChanged: boolean
}

/**
 * Reads the output of an answer, and has it corrected as often as that is allowed. The response counts in what came before
 * it: see `failedAttempts`.
 *
 * @throws {InterlinguaError} where there is no output in the end.
 */
export async function settleOutput(first: BaseCallResponse, attempts: OutputAttempts): Promise<Settled> {
  const { plan, read, repairs, continuation } = attempts
  const failed: FailedAttempt[] = []
  for (let response = first; ;) {
    const reading = await read(response)
    const warnings = [...response.warnings, ...plan.warnings]
    const shown = changed(presented(response, plan.tool), { warnings })
    if (reading.type === 'failure') {
      const { repair } = reading.failure
      const error = errorOf(reading.failure, response)
      if (repair === undefined || failed.length >= repairs) {
        error.partial = withoutOutput(withFailedAttempts(shown, failed))
        setContinuation(error.partial, continuation)
        throw noteFailedAttempts(error, failed)
      }
      error.partial = shown
      failed.push(failedAttempt(attempts.model, error, shown))
      response = await correct(shown, repair, attempts, failed)
      continue
    }
    const whole = withFailedAttempts(shown, failed)
    const isOutput = reading.type === 'output'
    const settled = isOutput ? changed(whole, { output: reading.output }) : withoutOutput(whole)
    setContinuation(settled, continuation)
    const isChanged = failed.length > 0 || (isOutput && reading.restored)
    return { response: settled, isChanged, ...(isOutput && { written: reading.written }) }
  }
}

/** Asks once more, with what was wrong. */
async function correct(
  { messages, message }: BaseCallResponse,
  problem: string,
  { model, plan, signal }: OutputAttempts,
  failed: readonly FailedAttempt[],
): Promise<BaseCallResponse> {
  const how = plan.tool === undefined ? 'Answer again' : `Call ${plan.tool} again`
  const content = `Your answer cannot be used: ${problem}. ${how}, completely and correctly.`
  const { toolCalls: _, ...said } = message
  const history: Message[] = [...messages, ...(said.content.length > 0 ? [said] : []), { role: 'user', content }]
  const signals = [plan.options.signal, signal].flatMap((each) => each ?? [])
  try {
    return await model.call(history, {
      ...plan.options,
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    })
  } catch (error) {
    // What was paid for so far is told also where the correction fails for a reason of its own.
    throw isInterlinguaError(error) ? noteFailedAttempts(error, failed) : error
  }
}

function errorOf({ code, message, raw, issues, cause }: OutputFailure, response: BaseCallResponse): InterlinguaError {
  const { provider, model, requestId } = response
  return new InterlinguaError({ code, message, provider, model, requestId, raw, issues, cause })
}

/**
 * An answer by the output's tool as if it had been given as text: so it can stand in a conversation, where a call of a tool
 * would have to be followed by its result.
 */
function presented(response: BaseCallResponse, tool: string | undefined): BaseCallResponse {
  const call = response.toolCalls.find(({ name }) => name === tool)
  if (call === undefined) return response
  const { toolCalls: _, content, ...message } = response.message
  const toolCalls = response.toolCalls.filter(({ name }) => name !== tool)
  if (toolCalls.length > 0) {
    const told = `the model gave an output before its tools had run, which is left out: ${call.raw}`
    const warnings = [...response.warnings, { code: 'malformed', message: told } as const]
    return changed(response, { message: { ...message, content, toolCalls }, warnings })
  }
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  const { unified, raw } = response.finishReason
  return changed(response, {
    message: { ...message, content: [...parts, { type: 'text', text: call.raw } as const] },
    finishReason: { unified: unified === 'tool_calls' ? 'stop' : unified, raw },
  })
}

import { carryCallRecord } from './call-record.ts'
import type { Cost } from './cost.ts'
import type { InterlinguaError } from './error.ts'
import type { Model } from './model.ts'
import type { BaseCallResponse } from './response.ts'
import type { BillableUnits, Usage } from './usage.ts'
import type { Warning } from './warning.ts'

/** What was consumed, as far as the provider has said so. */
export interface Spending {
  readonly usage: Usage
  /** `undefined` where it is not known. */
  readonly cost: Cost | undefined
}

/** An attempt of a model that did not lead to the answer. */
export interface FailedAttempt extends Spending {
  readonly provider: string
  readonly model: string
  readonly error: InterlinguaError
}

// Beside the responses and errors, so that a printed one is what was answered and nothing else.
const attempts = new WeakMap<object, readonly FailedAttempt[]>()

/** What was tried in vain before a response came, or before an error was thrown; oldest first. */
export function failedAttempts(outcome: BaseCallResponse | InterlinguaError): readonly FailedAttempt[] {
  return attempts.get(outcome) ?? []
}

/** Notes what had been tried before this error, and counts its requests. */
export function noteFailedAttempts(error: InterlinguaError, failed: readonly FailedAttempt[]): InterlinguaError {
  if (failed.length === 0) return error
  attempts.set(error, [...failed, ...failedAttempts(error)])
  const sent = failed.reduce((sum, each) => sum + (each.error.attempts ?? 0), error.attempts ?? 0)
  return Object.assign(error, { attempts: sent })
}

/** Notes of a copy of a response what had been tried before the response. */
export function carryFailedAttempts(response: BaseCallResponse, copy: BaseCallResponse): void {
  const failed = failedAttempts(response)
  if (failed.length > 0) attempts.set(copy, failed)
}

/** An attempt that ended with an error, and what it had consumed by then. */
export function failedAttempt(
  name: Pick<Model, 'provider' | 'id'>,
  error: InterlinguaError,
  spent: Spending,
): FailedAttempt {
  return { provider: name.provider, model: name.id, error, usage: spent.usage, cost: spent.cost }
}

/** What a whole call had consumed when it failed: what had arrived, and what was tried within. */
export function spentOn(error: InterlinguaError): Spending {
  return sumOf([...(error.partial ? [error.partial] : []), ...failedAttempts(error)])
}

/**
 * A response with what failed before it: its usage and cost are those of all attempts together, as far as they are known,
 * and a warning tells of each failure.
 */
export function withFailedAttempts<Response extends BaseCallResponse>(
  response: Response,
  failed: readonly FailedAttempt[],
): Response {
  if (failed.length === 0) return response
  const { usage, cost } = totalSpending(response, failed)
  const copy = new (response.constructor as typeof BaseCallResponse)(response)
  // What the class has beside these fields is of the response too.
  const whole = Object.assign(copy, response, {
    usage,
    cost,
    warnings: [...failed.map(failureWarning), ...response.warnings],
  })
  carryCallRecord(response, whole)
  attempts.set(whole, [...failed, ...failedAttempts(response)])
  return whole
}

/** What an answer has consumed together with what failed before it. */
export function totalSpending(spent: Spending, failed: readonly FailedAttempt[]): Spending {
  if (failed.length === 0) return spent
  const { usage, cost } = sumOf([spent, ...failed])
  return { usage, cost: spent.cost && cost }
}

/** Tells of an attempt that failed before an answer came. */
export function failureWarning({ error, usage }: FailedAttempt): Warning {
  const isCounted = Object.keys(usage).length > 0 || !hasBegun(error.partial)
  const note = isCounted ? '' : ' What this attempt consumed is not known, and not counted.'
  return { code: 'failed_attempt', message: `an attempt before this answer failed: ${error.message}${note}` }
}

/** Whether anything of an answer has arrived. */
export function hasBegun(partial: BaseCallResponse | undefined): boolean {
  if (!partial) return false
  const { content, thinking, toolCalls, citations, message } = partial
  return content !== '' || thinking !== '' || !!message.plan || toolCalls.length > 0 || citations.length > 0
}

function addUsage(sum: Usage, { billed, ...tokens }: Usage): Usage {
  const { billed: sumBilled, ...sumTokens } = sum
  const units = billed || sumBilled ? addCounts<BillableUnits>(sumBilled ?? {}, billed ?? {}) : undefined
  return { ...addCounts<Omit<Usage, 'billed'>>(sumTokens, tokens), ...(units && { billed: units }) }
}

function addCounts<Counts extends { readonly [Unit in keyof Counts]?: number }>(sum: Counts, added: Counts): Counts {
  const total = { ...sum }
  for (const unit of Object.keys(added) as (keyof Counts)[]) {
    Object.assign(total, { [unit]: (sum[unit] ?? 0) + (added[unit] ?? 0) })
  }
  return total
}

/** The cost is unknown where one is: a cost that leaves out what is known to be charged would be a wrong one. */
function sumOf(spendings: readonly Spending[]): Spending {
  const known = spendings.filter(({ usage }) => Object.keys(usage).length > 0)
  const usage = known.reduce<Usage>((sum, each) => addUsage(sum, each.usage), {})
  const costs = known.flatMap(({ cost }) => cost ?? [])
  const [first] = costs
  if (!first || costs.length < known.length) return { usage, cost: undefined }
  const nanoUsd = costs.reduce((sum, cost) => sum + cost.nanoUsd, 0)
  return { usage, cost: { ...first, nanoUsd, items: costs.flatMap(({ items }) => items) } }
}

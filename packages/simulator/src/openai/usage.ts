import type { ScriptedUsage } from '../script.ts'
import type { Counts } from './dialect.ts'

/** The counts that a script tells, and those that were counted where it tells none. */
export function scriptedCounts(counted: Counts, told: ScriptedUsage | undefined): Counts {
  if (!told) return counted
  return {
    prompt: told.inputTokens ?? counted.prompt,
    cached: told.cachedTokens ?? counted.cached,
    completion: told.outputTokens ?? counted.completion,
    reasoning: told.reasoningTokens ?? counted.reasoning,
  }
}

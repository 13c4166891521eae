import type { JsonObject } from '../json.ts'
import type { Step } from './play.ts'
import type { Citation, Logprobs } from './wire.ts'

/** The message of an answer that is not streamed, and the log probabilities that were made on the way. */
export function answerJson(steps: Iterable<Step>): { message: JsonObject; logprobs: readonly Logprobs[] } {
  const content: { type: string; pieces: string[] }[] = []
  const plan: string[] = []
  const calls: { id: string; name: string; pieces: string[] }[] = []
  const citations: Citation[] = []
  const logprobs: Logprobs[] = []
  for (const step of steps) {
    if (step.kind === 'block') {
      content[step.index]?.pieces.push(step.piece)
      if (step.logprobs) logprobs.push(step.logprobs)
    } else if (step.kind === 'block start') content.push({ type: step.type, pieces: [] })
    else if (step.kind === 'plan') plan.push(step.piece)
    else if (step.kind === 'call start') calls.push({ id: step.call.id, name: step.call.name, pieces: [] })
    else if (step.kind === 'call') calls[step.index]?.pieces.push(step.piece)
    else if (step.kind === 'citation') citations.push(step.citation)
  }
  const message = {
    role: 'assistant',
    // Recorded: absent, and not empty, beside a plan.
    ...((content.length > 0 || plan.length + calls.length === 0) && {
      content: content.map(({ type, pieces }) => ({ type, [type]: pieces.join('') })),
    }),
    ...(plan.length > 0 && { tool_plan: plan.join('') }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, pieces }) => ({
        id,
        type: 'function',
        function: { name, arguments: pieces.join('') },
      })),
    }),
    ...(citations.length > 0 && { citations }),
  }
  return { message, logprobs }
}

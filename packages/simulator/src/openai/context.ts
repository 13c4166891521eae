import type { Model } from './models.ts'
import { badRequest, type Problem } from './problem.ts'

/** What is wrong with a prompt that is longer than the model can read; documented. */
export function contextProblem(model: Model, tokens: number, asked: number | undefined): Problem | undefined {
  const most = model.contextLength
  const limit = `This model's maximum context length is ${most} tokens.`
  const code = 'context_length_exceeded'
  if (tokens > most) {
    const words = `However, your messages resulted in ${tokens} tokens. Please reduce the length of the messages.`
    return badRequest(`${limit} ${words}`, 'messages', code)
  }
  // Documented for models whose answers are as long as what they can read.
  if (asked === undefined || tokens + asked <= most || model.maxOutput < most) return undefined
  const sum = `However, you requested ${tokens + asked} tokens (${tokens} in the messages, ${asked} in the completion).`
  return badRequest(`${limit} ${sum} Please reduce the length of the messages or completion.`, 'messages', code)
}

import { isObject } from '../../json.ts'
import type { ChatStyle, Dialect, DialectName } from '../dialect.ts'
import { otherModel } from '../models.ts'
import type { Problem } from '../problem.ts'
import { openai, openaiChat } from './openai.ts'

// Names that no server has. What a server serves cannot be listed here, so that any other name will do.
const nobodys = /nonexist|no-such|not-a-model|unknown/
// Models that think, by their names.
const thinkers = /reason|think|r1\b|gpt-oss|gpt-5|\bo[134]\b|grok|qwen3|magistral|claude-.*(?:4|5)|gemini-[23]/i

/** What another server does differently from OpenAI, and what kind of server it is. */
export type Difference = Partial<Omit<Dialect, 'chat' | 'name'>> & {
  readonly name: DialectName
  readonly chat?: Partial<ChatStyle>
  /** What it says of a model that it does not have. */
  readonly noModel?: (id: string) => Problem
}

/** A server that is like OpenAI's but for the differences, and lets pass what it does not know. */
export function compatible({ chat, noModel, ...different }: Difference): Dialect {
  const refused =
    noModel ?? ((id) => ({ status: 404, message: `The model \`${id}\` does not exist.`, code: 'model_not_found' }))
  return {
    ...openai,
    hosts: [],
    strict: false,
    streamType: 'text/event-stream',
    model: (id) => (nobodys.test(id) ? refused(id) : otherModel(id, thinkers.test(id))),
    answeredModel: ({ id }) => id,
    thinks: (model, { thinking, reasoning_effort: effort }) => {
      const type = isObject(thinking) ? thinking['type'] : undefined
      return type === undefined ? model.reasons && effort !== 'none' : type !== 'disabled'
    },
    unauthorized: () => ({ status: 401, message: 'Invalid API Key', code: 'invalid_api_key' }),
    ...different,
    chat: {
      ...openaiChat,
      choice: ({ index, delta, finish, logprobs }) => ({ index, delta, logprobs, finish_reason: finish }),
      chunk: ({ usage }, choices, { id, created, modelName, wantsUsage }) => ({
        id,
        object: 'chat.completion.chunk',
        created,
        model: modelName,
        choices,
        ...(wantsUsage && usage && { usage }),
      }),
      whole: (choices, usage, { id, created, modelName }) => ({
        id,
        object: 'chat.completion',
        created,
        model: modelName,
        choices,
        usage,
      }),
      wholeChoice: ({ index, text, calls, finish, logprobs }) => ({
        index,
        message: { role: 'assistant', content: text ?? null, ...(calls.length > 0 && { tool_calls: calls }) },
        logprobs,
        finish_reason: finish,
      }),
      joinsFirstCall: false,
      firstLogprobs: null,
      ...chat,
    },
  }
}

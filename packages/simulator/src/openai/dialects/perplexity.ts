import type { JsonObject } from '../../json.ts'
import { uuidOf } from '../../fingerprint.ts'
import type { ChatContext, Counts, Dialect } from '../dialect.ts'
import { badRequest } from '../problem.ts'
import { compatible } from './compatible.ts'

// The simulator searches nothing: one source, on a domain that is kept free for examples.
const source = 'https://example.com/'

/** Perplexity's API, as recorded: the whole message again in each chunk, usage in each, sources, and no `[DONE]`. */
export const perplexity: Dialect = compatible({
  name: 'perplexity',
  hosts: ['api.perplexity.ai'],
  models: ['sonar', 'sonar-pro', 'sonar-reasoning-pro'],
  noModel: (id) => ({ ...badRequest(`Invalid model '${id}'.`), type: 'invalid_model' }),
  error: ({ status, message, type = 'bad_request' }) => ({ error: { message, type, code: status } }),
  thinks: () => false,
  chat: {
    first: () => undefined,
    last: () => ({ role: 'assistant', content: '' }),
    usageAt: 'every',
    usageAlways: true,
    usage: usageOf,
    choice: ({ index, delta, finish, text }) => ({
      index,
      ...(finish !== null && { finish_reason: finish }),
      message: { role: 'assistant', content: text },
      delta: text === delta['content'] && finish === null ? { role: 'assistant', ...delta } : delta,
    }),
    chunk: ({ kind, usage }, choices, context) => ({
      ...topOf(context, kind === 'finish' ? 'chat.completion.done' : 'chat.completion.chunk'),
      ...(kind === 'finish' && { id: uuidOf(context.id) }),
      // Recorded: what a request costs is told at its end.
      usage: kind === 'finish' ? usage : unpriced(usage ?? {}),
      choices,
    }),
    whole: (choices, usage, context) => ({ ...topOf(context, 'chat.completion'), usage, choices }),
    wholeChoice: ({ index, text, finish }) => ({
      index,
      finish_reason: finish,
      message: { role: 'assistant', content: text ?? '' },
      delta: { role: 'assistant', content: '' },
    }),
    done: false,
  },
})

function topOf({ id, created, modelName }: ChatContext, object: string): JsonObject {
  const result = {
    title: 'Example Domain',
    url: source,
    date: null,
    last_updated: '2026-01-01',
    place_metadata: null,
    snippet: '',
    source: 'web',
  }
  return { id, model: modelName, created, object, citations: [source], search_results: [result] }
}

function unpriced(usage: JsonObject): JsonObject {
  return { ...usage, cost: { input_tokens_cost: 0, output_tokens_cost: 0, total_cost: 0 } }
}

function usageOf({ prompt, completion }: Counts): JsonObject {
  const [input, output] = [prompt * 0.000_001, completion * 0.000_001]
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    search_context_size: 'low',
    cost: {
      input_tokens_cost: input,
      output_tokens_cost: output,
      request_cost: 0.005,
      total_cost: input + output + 0.005,
    },
  }
}
